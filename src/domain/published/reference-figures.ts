/** Finds published figures for a run: by model and stage, with their ratio and the differences in conditions. */
import { isOnAgent, placeName, ranOnDouble } from '../agent-description.ts';
import { sumOfColumns } from '../measuring/run-columns.ts';
import type { RunRecord } from '../measuring/run.ts';
import { median } from '../measuring/statistics.ts';
import { KNOWN_MODELS, knownModel, type KnownModel, type PublishedAccuracy } from './known-models.ts';
import type { ReferenceFigure } from './reference-figure.ts';
import { THESIS_AGENT_FIGURES, THESIS_FIGURES, THESIS_VIDEO_LIMIT } from './thesis-figures.ts';

export interface ReferenceRow {
  readonly figure: ReferenceFigure;
  /** The run's own value of the same stage, ms; null if it counted no frame. */
  readonly runMs: number | null;
  /** Which value that is, for instance "median" or "first inference, cold". */
  readonly runValue: string;
  /** runMs / figure.ms; > 1: the run is slower. */
  readonly ratio: number | null;
  /** One sentence each; empty if the conditions are the same. */
  readonly warnings: readonly string[];
}

/** Why a run has no published figures; null if it may have some. */
export function noReferencesBecause(run: RunRecord): string | null {
  return ranOnDouble(run.configuration.segmenter)
    ? 'Times of a TEST DOUBLE mean nothing, so they are not compared with published figures.'
    : null;
}

/** What is published about the accuracy of the run's model, and about its arithmetic. */
export interface AccuracyReference extends PublishedAccuracy {
  readonly modelId: string;
  /** The data set that `split` is part of, for instance "VOC 2012". */
  readonly dataSet: string;
  readonly multiplyAdds: KnownModel['multiplyAdds'];
  readonly warnings: readonly string[];
}

/**
 * Published durations for a run: those of exactly its model, or else of the nearest model (same backbone, then depth
 * multiplier, then training split), and those that name no checkpoint. They keep the publisher's order, with the
 * thesis's limit for video first. A run on an agent also gets the thesis's Edge TPU figures, which cover one model
 * only. A run on a test double gets none.
 */
export function referencesFor(run: RunRecord): readonly ReferenceRow[] {
  const { segmenter } = run.configuration;
  if (ranOnDouble(segmenter)) return [];
  const nearest = nearestThesisModel(segmenter.modelId);
  const figures = [
    THESIS_VIDEO_LIMIT,
    ...THESIS_FIGURES.filter(({ modelId }) => modelId === nearest?.id),
    ...(isOnAgent(segmenter) ? THESIS_AGENT_FIGURES : []).filter(({ modelId }) => modelId !== nearest?.id),
    ...(nearest?.backbone === 'MobileNetV2' ? CORAL_FIGURES : []),
  ];
  return figures.map((figure) => {
    const { ms, what } = runValueFor(figure, run);
    const ratio = ms === null ? null : ms / figure.ms;
    return { figure, runMs: ms, runValue: what, ratio, warnings: warningsFor(figure, run) };
  });
}

const DATA_SETS = { voc: 'VOC 2012', cityscapes: 'Cityscapes', ade20k: 'ADE20K' } as const;

/** Published mean IoU and Multiply-Adds of the run's model; null if not published. */
export function accuracyFor(run: RunRecord): AccuracyReference | null {
  const { modelId, outputStride } = run.configuration.segmenter;
  const model = knownModel(modelId);
  if (model === null || model.published === null) return null;
  const { published, multiplyAdds, trainingSplit } = model;
  const warnings = [
    trainingSplit === 'trainval'
      ? 'This checkpoint was trained on VOC trainval: it has seen the pictures of val.'
      : null,
    published.outputStride !== undefined && published.outputStride !== outputStride
      ? `Published at output stride ${published.outputStride}; this run has ${outputStride ?? 'an unknown stride'}.`
      : null,
    published.manyScalesAndFlips === true
      ? 'Published over several scales with flips, each picture segmented many times; a frame here is segmented once.'
      : null,
  ];
  return {
    modelId,
    dataSet: DATA_SETS[model.classList],
    ...published,
    multiplyAdds,
    warnings: warnings.filter((warning) => warning !== null),
  };
}

function nearestThesisModel(modelId: string): KnownModel | null {
  const model = knownModel(modelId);
  if (model === null) return null;
  const measured = new Set(THESIS_FIGURES.map((figure) => figure.modelId));
  const distance = (other: KnownModel) =>
    (other.id === model.id ? 0 : 1) +
    (other.backbone === model.backbone ? 0 : 8) +
    (other.depthMultiplier === model.depthMultiplier ? 0 : 4) +
    (other.trainingSplit === model.trainingSplit ? 0 : 2);
  return KNOWN_MODELS.filter(({ id }) => measured.has(id)).reduce<KnownModel | null>(
    (best, other) => (best === null || distance(other) < distance(best) ? other : best),
    null,
  );
}

/**
 * The thesis counted its first, cold iteration; a run here discards warm-up frames. So a cold inference is compared
 * with the cold first inference, and max_2, the longest warm one, with the longest counted frame.
 */
function runValueFor(figure: ReferenceFigure, run: RunRecord): { ms: number | null; what: string } {
  if (figure.cold && figure.durations.includes('inference')) {
    return { ms: run.cold.firstInferenceMs, what: 'first inference, cold' };
  }
  const values = sumOfColumns(run.columns, figure.durations);
  if (values.length === 0) return { ms: null, what: 'no frame' };
  const warmUp = run.target.warmUpFrames > 0;
  const longest = (skip: number) => values.toSorted((a, b) => b - a)[skip] ?? null;
  switch (figure.statistic) {
    case 'min':
      return { ms: values.reduce((least, ms) => Math.min(least, ms)), what: 'min' };
    case 'single':
    case 'limit':
      return { ms: median(values), what: 'median' };
    case 'max':
    case 'max_1':
      return { ms: longest(0), what: 'max' };
    case 'max_2':
      return warmUp ? { ms: longest(0), what: 'max' } : { ms: longest(1), what: 'second longest' };
    case 'max_3':
      return warmUp ? { ms: longest(1), what: 'second longest' } : { ms: longest(2), what: 'third longest' };
  }
}

function warningsFor(figure: ReferenceFigure, run: RunRecord): readonly string[] {
  if (figure.statistic === 'limit') return [];
  const here = run.configuration.segmenter;
  const inference = figure.durations.includes('inference');
  const warnings = [
    ...(figure.modelId === null || figure.modelId === here.modelId
      ? []
      : otherModel(figure.modelId, here.modelId)),
    figure.inputSize === here.inputSize || figure.inputSize === null
      ? null
      : `Other input size: ${figure.inputSize} px there, ${here.inputSize} px here.`,
    figure.precision === here.precision || figure.precision === null
      ? null
      : `Other precision: ${figure.precision} there, ${here.precision} here.`,
    `Other device: ${figure.device} there, ${here.device} (${placeName(here)}) here.`,
    figure.cold && !inference ? 'The published value is a cold first one; this one is warm.' : null,
    here.pipeline === 'stock' && inference && !isOnAgent(here)
      ? 'The inference of the stock pipeline is the whole of segment(), pre-processing included.'
      : null,
    ...figure.caveats,
  ];
  return warnings.filter((warning) => warning !== null);
}

function otherModel(there: string, here: string): readonly string[] {
  const [left, right] = [knownModel(there), knownModel(here)];
  const differs = (name: string, a?: string | number | null, b?: string | number | null) =>
    a === b ? [] : [`Other ${name}: ${a ?? 'unknown'} there, ${b ?? 'unknown'} here.`];
  return [
    `Other model: ${there} there.`,
    ...differs('depth multiplier', left?.depthMultiplier, right?.depthMultiplier),
    ...differs('training split', left?.trainingSplit, right?.trainingSplit),
    ...differs('output stride', left?.outputStride, right?.outputStride),
  ];
}

const CITATION = 'coral.ai, table 1';
const ADDRESS = 'Published at coral.ai/docs/edgetpu/benchmarks.';
const MODEL_ONLY =
  'It is the time of the model alone, which ends with one class per pixel, so inference and postprocess are summed here.';
const NOT_PRINTED = 'Backbone and depth multiplier are not published.';
const PARTLY_HOST =
  "Part of it is time of the host's processor, which runs the head, the last resize and the argmax of Coral's DeepLab files.";

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
