/** What coral.ai publishes for DeepLab on the Edge TPU and on the processors beside it. */
import type { ReferenceFigure } from './reference-figure.ts';

const CITATION = 'coral.ai, table 1';
const ADDRESS = 'Published at coral.ai/docs/edgetpu/benchmarks.';
const MODEL_ONLY =
  'It is the time of the model alone, which ends with one class per pixel: inference and postprocess are summed.';
const NOT_PRINTED = 'Neither backbone nor depth multiplier is printed there.';
const PARTLY_HOST =
  "It is partly time of the host's processor, which runs the head, the last resize and the argmax of Coral's DeepLab files.";

const figure = (
  device: string,
  deviceName: string,
  ms: number,
  caveats: readonly string[],
): ReferenceFigure => ({
  publisher: 'coral',
  citation: CITATION,
  model: 'DeepLab V3 (513x513)',
  modelId: null,
  device,
  deviceName,
  stage: 'inference',
  durations: ['inference', 'postprocess'],
  statistic: 'single',
  ms,
  cold: false,
  inputSize: 513,
  precision: null,
  caveats: [ADDRESS, NOT_PRINTED, MODEL_ONLY, ...caveats],
});

export const CORAL_FIGURES: readonly ReferenceFigure[] = [
  figure('Desktop CPU', 'desktop', 394, []),
  figure('Desktop CPU + USB Accelerator (USB 3.0) with Edge TPU', 'desktop + Edge TPU', 52, [PARTLY_HOST]),
  figure('Embedded CPU', 'embedded', 1139, []),
  figure('Dev Board with Edge TPU', 'Dev Board + Edge TPU', 241, [PARTLY_HOST]),
];
