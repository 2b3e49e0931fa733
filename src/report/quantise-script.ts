/** The Python program in a calibration set: it quantises a network to full integers with the set's pictures. */

/** Prepares pictures as the page does (padded with grey 127, never black) and checks the types of the result. */
export const QUANTISE_SCRIPT = `#!/usr/bin/env python3
"""Quantises a segmentation network to full integers with the pictures beside this file.

    pip install tensorflow pillow
    python3 quantise.py --frozen-graph frozen_inference_graph.pb --size 257 --out model-int8.tflite
    python3 quantise.py --saved-model FOLDER --size 257 --range 0..255 --out model-int8.tflite
"""
import argparse
import pathlib

import numpy as np
import tensorflow as tf
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--frozen-graph", type=pathlib.Path, help="a frozen_inference_graph.pb")
    source.add_argument("--saved-model", type=pathlib.Path, help="the folder of a SavedModel")
    parser.add_argument("--size", type=int, default=257, help="side of the input in pixels, 16 k + 1 (default 257)")
    parser.add_argument(
        "--range", choices=["-1..1", "0..255"], default="-1..1",
        help="what the input stands for: -1..1 behind the normalisation (default), 0..255 where the graph normalises",
    )
    parser.add_argument("--input", default="sub_7", help="frozen graph: tensor behind the normalisation")
    parser.add_argument("--output", default="logits/semantic/BiasAdd", help="frozen graph: the logits")
    parser.add_argument("--pictures", type=pathlib.Path, default=HERE / "pictures")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("model-int8.tflite"))
    return parser.parse_args()


def prepared(path, size, value_range):
    """Longest side scaled to \`size\`, top left, the rest grey 127: as Segscope feeds the network."""
    picture = Image.open(path).convert("RGB")
    scale = size / max(picture.size)
    fitted = picture.resize([max(1, round(side * scale)) for side in picture.size], Image.Resampling.BILINEAR)
    square = Image.new("RGB", (size, size), (127, 127, 127))
    square.paste(fitted, (0, 0))
    values = np.asarray(square, dtype=np.float32)[np.newaxis]
    return values / 127.5 - 1 if value_range == "-1..1" else values


def main():
    chosen = options()
    paths = sorted(path for path in chosen.pictures.iterdir() if path.suffix in {".png", ".jpg"})
    if not paths:
        raise SystemExit(f"There is no picture in {chosen.pictures}.")

    def representative_dataset():
        for path in paths:
            yield [prepared(path, chosen.size, chosen.range)]

    if chosen.frozen_graph:
        shape = [1, chosen.size, chosen.size, 3]
        converter = tf.compat.v1.lite.TFLiteConverter.from_frozen_graph(
            str(chosen.frozen_graph), [chosen.input], [chosen.output], input_shapes={chosen.input: shape}
        )
    else:
        converter = tf.lite.TFLiteConverter.from_saved_model(str(chosen.saved_model))
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = representative_dataset
    # Without this line an operation that has no integer form silently stays in float.
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.uint8
    converter.inference_output_type = tf.uint8
    chosen.out.write_bytes(converter.convert())

    interpreter = tf.lite.Interpreter(model_path=str(chosen.out))
    ends = interpreter.get_input_details() + interpreter.get_output_details()
    for end in ends:
        scale, zero_point = end["quantization"]
        print(f"{end['name']}: {end['dtype'].__name__} {list(end['shape'])}, scale {scale:.6g}, zero point {zero_point}")
        if end["dtype"] is not np.uint8:
            raise SystemExit(f"{end['name']} is not uint8: the Edge TPU compiler would refuse the file.")
    print(f"{chosen.out}: {chosen.out.stat().st_size} bytes, calibrated on {len(paths)} pictures")


if __name__ == "__main__":
    main()
`;
