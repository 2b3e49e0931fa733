/** Texts of the Evaluate view for the domain's keys, and its number formats. */
import { agentDeviceName, isOnAgent } from '../../../domain/agent-description.ts';
import type { Upsampling } from '../../../domain/labels/axis-weights.ts';
import type { EvaluationResult, SkipReason } from '../../../domain/accuracy/evaluation.ts';
import type { Preprocessing } from '../../../domain/measuring/configuration.ts';
import type { Estimate } from '../../../domain/measuring/run-comparison.ts';
import { setupOf, setupWords, type Setup } from '../../../domain/setup.ts';
import type { ModelListing } from '../../../app/session-store.ts';
import { formatPercent, UNKNOWN } from '../../../domain/quantity.ts';

export const PREPROCESSING_NOTES: Readonly<Record<Preprocessing, string>> = {
  fit: 'longest side scaled to the input size, padded; as in the live view',
  native: 'original size where it fits, padded; the published VOC protocol',
  stretch: 'both sides scaled to the input size, no padding',
  crop: 'the centre square, scaled to the input size; the rest is void and not scored',
};

/** Usual names of the rules. */
export const UPSAMPLING_WORDS: Readonly<Record<Upsampling, string>> = {
  aligned: 'align_corners on',
  unaligned: 'align_corners off',
  'half-pixel': 'half-pixel centres',
};

export const UPSAMPLING_NOTES: Readonly<Record<Upsampling, string>> = {
  aligned: "DeepLab's own rule",
  unaligned: 'the default of TensorFlow 1 and TensorFlow.js: labels shift with distance from the top left',
  'half-pixel': 'the default of TensorFlow 2 and PyTorch: labels shift outwards from the centre',
};

/** Heading over the files skipped for one reason. */
export const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  'no-mask': 'picture without a mask',
  'no-picture': 'mask without a picture',
  'listed-but-missing': 'listed, but not in the folder',
  'ambiguous-name': 'name used twice',
  'unreadable-picture': 'unreadable picture',
  'unreadable-mask': 'unreadable mask',
  'no-permission': 'no permission to read',
  'size-differs': 'mask and picture differ in size',
  'colour-mask': 'colour mask with colours that VOC does not use',
  'class-out-of-range': 'value outside the class list',
};

/** "Segscope MobileNetV2 · wasm · 257 px · fit": accuracy depends on the pre-processing, so it is always included. */
export function choiceWords(setup: Setup, models: readonly ModelListing[]): string {
  return words(setup, { modelName: models.find(({ id }) => id === setup.modelId)?.name });
}

/** The same for what actually ran; names a test double. */
export function resultWords({ description }: EvaluationResult): string {
  const deviceName = isOnAgent(description) ? agentDeviceName(description.deviceUsed) : undefined;
  return words(setupOf(description), { modelName: description.modelName, deviceName });
}

function words(setup: Setup, names: Parameters<typeof setupWords>[1]): string {
  const fit = setup.preprocessing === 'fit' ? ['fit'] : [];
  return [...setupWords(setup, names), ...fit].join(' · ');
}

/** "val (1 449 pictures)" comes from the counts; this is the set's own name: "VOC2012, val". */
export function dataSetWords({ dataSet: { name, list, mapping } }: EvaluationResult): string {
  return [name, list, mapping].filter((part) => part !== null).join(', ');
}

/** "71.90 to 78.11" */
export function formatInterval({ low, high }: Estimate): string {
  return `${formatPercent(low)} to ${formatPercent(high)}`;
}

/** A shift with its sign, "+7.4", "−0.3"; a distance without. */
export function formatPixels(pixels: number | null, signed = true): string {
  if (pixels === null) return UNKNOWN;
  const digits = Math.abs(pixels).toFixed(1);
  if (!signed || digits === '0.0') return digits;
  return `${pixels < 0 ? '−' : '+'}${digits}`;
}

/** Percentage points with their sign: "+1.20", "−0.35". */
export function formatPoints(difference01: number): string {
  const points = (Math.abs(difference01) * 100).toFixed(2);
  if (points === '0.00') return '0.00';
  return `${difference01 < 0 ? '−' : '+'}${points}`;
}
