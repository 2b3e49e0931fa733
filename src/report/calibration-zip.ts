/** A calibration set as one zip: the pictures, a README with the commands, and the program for them. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { QUANTISE_SCRIPT } from './quantise-script.ts';

export interface CalibrationSet extends Omit<CalibrationFacts, 'pictures' | 'width' | 'height'> {
  /** At least one picture; all have the same size and format. */
  readonly pictures: readonly { readonly blob: Blob; readonly width: number; readonly height: number }[];
}

/** PNG and JPEG are already compressed. */
const STORED = { level: 0 } as const;

export async function calibrationZip(set: CalibrationSet): Promise<Blob> {
  const [first] = set.pictures;
  const { width, height } = first ?? { width: 0, height: 0 };
  const files: Zippable = {
    'README.md': strToU8(calibrationReadme({ ...set, pictures: set.pictures.length, width, height })),
    'quantise.py': strToU8(QUANTISE_SCRIPT),
  };
  for (const [index, { blob }] of set.pictures.entries()) {
    const name = String(index + 1).padStart(4, '0');
    const ending = blob.type === 'image/jpeg' ? 'jpg' : 'png';
    files[`pictures/${name}.${ending}`] = [new Uint8Array(await blob.arrayBuffer()), STORED];
  }
  return new Blob([zipSync(files)], { type: 'application/zip' });
}

interface CalibrationFacts {
  readonly sourceLabel: string;
  readonly pictures: number;
  readonly width: number;
  readonly height: number;
  readonly refused: number;
  /** Levels; see domain/picture-signature.ts. */
  readonly leastDistance: number;
  /** null for fewer than two pictures. */
  readonly meanDistance: number | null;
  readonly date: Date;
}

/** Markdown. */
function calibrationReadme(facts: CalibrationFacts): string {
  const { sourceLabel, pictures, width, height, refused, leastDistance, meanDistance, date } = facts;
  const mean = meanDistance === null ? 'not known for one picture' : `${meanDistance.toFixed(1)} levels`;
  return `# Calibration set

${pictures} pictures from ${sourceLabel}, ${width} x ${height} px, recorded with Segscope on ${date.toISOString().slice(0, 10)}.
Near-duplicates refused: ${refused} (nearer than ${leastDistance} levels to a kept picture). Mean distance of all pairs: ${mean}.
A level is one 255th of the range of a colour channel; the distance is the root mean square difference of the mean
colours of 16 x 16 parts.

Quantising runs the network on these pictures to learn the range of every tensor. What the network will see must
be among them: other light, other distances, people and no people.

## 1. Quantise (any computer with Python; about a minute)

    python3 -m venv venv && . venv/bin/activate
    pip install tensorflow pillow
    python3 quantise.py --frozen-graph frozen_inference_graph.pb --size 257 --out model-int8.tflite

The defaults fit Google's DeepLab exports (MobileNetV2): the graph is entered behind its normalisation (tensor
\`sub_7\`, values -1..1) and left at the logits (\`logits/semantic/BiasAdd\`); Segscope does the rest itself, upsampling
and argmax. Of another network give \`--input\` and \`--output\`, or a SavedModel whose signature is raw RGB:

    python3 quantise.py --saved-model FOLDER --size 257 --range 0..255 --out model-int8.tflite

The finished file takes raw RGB bytes either way: input uint8, scale 0.00784 and zero point 127 for -1..1.

## 2. Compile for the Edge TPU (Linux on x86-64 only)

    edgetpu_compiler -s -o compiled model-int8.tflite

It writes compiled/model-int8_edgetpu.tflite and lists which operations are mapped to the Edge TPU. What is not mapped runs
on the processor behind it. The compiler is installed from Coral's package source, see
https://coral.ai/docs/edgetpu/compiler/; there is none for the Raspberry Pi itself.

## 3. Look at what it cost

Drop model-int8.tflite on Segscope (Models), then score it beside the float network under Evaluate on the same pictures.
`;
}
