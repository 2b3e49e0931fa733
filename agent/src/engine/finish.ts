/** Turns the network's output into a class index per pixel: upsampled here, or only read if the file did it. */
import { UpsampleArgmax } from '../../../src/domain/labels/upsample-argmax.ts';
import { AgentFailure } from '../agent-failure.ts';
import type { Size } from '../../../src/domain/frame.ts';
import type { NativeTensor } from './tflite-library.ts';

export interface Finish {
  readonly kind: 'rounded' | 'exact' | 'file';
  /** @returns picture.width x picture.height class indices, row-major; valid until the next call */
  labels(output: NativeTensor, picture: Size): Uint8Array<ArrayBuffer>;
}

/** @throws AgentFailure model-unusable if the output is neither logits nor labels. */
export function chooseFinish({ type, shape }: NativeTensor, side: number): Finish {
  const [batch, gridHeight = 0, gridWidth = 0, classes = 0] = shape;
  const isLogits = shape.length === 4 && gridHeight < side && classes > 1 && classes <= 255;
  if (batch === 1 && isLogits && (type === 'uint8' || type === 'int8' || type === 'float32')) {
    return upsampling(type, { gridHeight, gridWidth, classes }, side);
  }
  const pixels = shape.reduce((product, length) => product * length, 1);
  if ((type === 'int64' || type === 'int32') && pixels === side * side) {
    return reading(type === 'int64' ? 8 : 4, side);
  }
  throw new AgentFailure(
    'model-unusable',
    `The network's output is ${type} [${shape.join(', ')}]: neither class scores nor a label map.`,
  );
}

function upsampling(
  type: 'uint8' | 'int8' | 'float32',
  grid: { readonly gridHeight: number; readonly gridWidth: number; readonly classes: number },
  side: number,
): Finish {
  // TFLite rounds the upsampled scores of quantised networks to whole numbers before the argmax, and so do we.
  const mode = type === 'float32' ? 'exact' : 'rounded';
  let prepared: { readonly upsample: UpsampleArgmax; readonly labels: Uint8Array<ArrayBuffer> } | null = null;
  let size: Size = { width: 0, height: 0 };
  return {
    kind: mode,
    labels({ bytes }, picture) {
      if (prepared === null || size.width !== picture.width || size.height !== picture.height) {
        const { height: rows, width: cols } = picture;
        const upsample = new UpsampleArgmax({ ...grid, outHeight: side, outWidth: side, rows, cols, mode });
        prepared = { upsample, labels: new Uint8Array(rows * cols) };
        size = picture;
      }
      return prepared.upsample.run(typed(type, bytes), prepared.labels);
    },
  };
}

function typed(type: 'uint8' | 'int8' | 'float32', bytes: Uint8Array<ArrayBuffer>) {
  switch (type) {
    case 'uint8':
      return bytes;
    case 'int8':
      return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    case 'float32':
      return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  }
}

/** Labels are below 256, so the first of the little-endian bytes is the label. */
function reading(bytesPerLabel: number, side: number): Finish {
  let labels = new Uint8Array(0);
  return {
    kind: 'file',
    labels({ bytes }, { width, height }) {
      if (labels.length !== width * height) labels = new Uint8Array(width * height);
      for (let y = 0, at = 0; y < height; y++) {
        let from = y * side * bytesPerLabel;
        for (let x = 0; x < width; x++, from += bytesPerLabel) labels[at++] = bytes[from] as number;
      }
      return labels;
    },
  };
}
