/** Builds a result from the pictures scored so far. */
import { accuracyOf } from '../../domain/accuracy/accuracy-figures.ts';
import type {
  PartTimes,
  EvaluationResult,
  PublishedBeside,
  Skipped,
} from '../../domain/accuracy/evaluation.ts';
import type { Setup } from '../../domain/setup.ts';
import type { AnyDescription } from '../../domain/agent-description.ts';
import { knownModel } from '../../domain/published/known-models.ts';
import { median } from '../../domain/measuring/statistics.ts';
import type { PictureRecord } from './picture-scoring.ts';

/** Known when the model is loaded, before any picture is scored. */
export interface ResultFacts {
  readonly id: string;
  readonly setup: Setup;
  readonly description: AnyDescription;
  readonly dataSet: EvaluationResult['dataSet'];
  readonly startedAt: string;
  readonly userAgent: string;
  readonly segscopeVersion: string;
  /** Pictures to score. */
  readonly names: readonly string[];
}

export function evaluationResult(
  { names, ...facts }: ResultFacts,
  pictures: readonly PictureRecord[],
  skipped: readonly Skipped[],
): EvaluationResult {
  const { figures, matrix } = accuracyOf(pictures, facts.description.classNames);
  const { modelId } = facts.setup;
  return {
    schemaVersion: 1,
    ...facts,
    planned: names.length,
    scored: pictures.length,
    skipped,
    state: pictures.length + skipped.length === names.length ? 'complete' : 'partial',
    figures,
    matrix,
    latency: latencyOf(pictures),
    totals: {
      inferenceMs: pictures.reduce((sum, { times }) => sum + times.inference, 0),
      wholeMs: pictures.reduce((sum, { times }) => sum + times.whole, 0),
    },
    leak: leakNotice(modelId, names, facts.dataSet.list),
    published: publishedBeside(modelId),
  };
}

function latencyOf(pictures: readonly PictureRecord[]): EvaluationResult['latency'] {
  if (pictures.length === 0) return null;
  const of = (time: 'inference' | 'segment' | 'whole') => median(pictures.map(({ times }) => times[time]));
  const parts = pictures.flatMap(({ times }) => times.parts ?? []);
  const part = (name: keyof PartTimes) => median(parts.map((all) => all[name]));
  return {
    inferenceMs: of('inference'),
    segmentMs: of('segment'),
    otherMs: median(pictures.map(({ times }) => times.whole - times.inference)),
    wholeMs: of('whole'),
    ...(parts.length > 0 && {
      parts: {
        prepare: part('prepare'),
        preprocess: part('preprocess'),
        postprocess: part('postprocess'),
        transport: part('transport'),
        count: part('count'),
      },
    }),
  };
}

function publishedBeside(modelId: string): PublishedBeside | null {
  const published = knownModel(modelId)?.published ?? null;
  if (published === null) return null;
  const { meanIoU, split, protocol, source } = published;
  return { meanIou: meanIoU, split, protocol, source };
}

/** File names of VOC 2012 segmentation pictures; VOC publishes masks for its train and val splits only. */
const VOC_PICTURE = /^20(07|08|09|10|11)_\d{6}$/;

/**
 * One sentence, or null if nothing suggests a leak (or the model's training data is not published).
 * @param names of the pictures, without extension
 * @param list of the data set that they were taken from, for instance "val"; null: all of its pictures
 */
export function leakNotice(modelId: string, names: readonly string[], list: string | null): string | null {
  const known = knownModel(modelId);
  const fromVoc = names.filter((name) => VOC_PICTURE.test(name)).length;
  if (known?.classList !== 'voc' || fromVoc === 0) return null;
  const { trainingSplit } = known;
  if (trainingSplit === 'trainval') {
    return `This checkpoint was trained on VOC trainval: it has seen these pictures, so the figure says how well it remembers them.`;
  }
  if (trainingSplit === 'unknown') {
    return 'The publisher does not say what this model was trained on: it may have seen these pictures.';
  }
  const isVal = list === 'val';
  if (trainingSplit === 'own') {
    const teacher =
      'Some of its training labels came from a teacher that had been trained on VOC train and val (see its model card)';
    return isVal
      ? `${teacher}: not fully independent of these pictures.`
      : `${teacher}, and part of VOC train was shown to it: pictures of train do not test it.`;
  }
  if (isVal) return null;
  return list === null
    ? 'This checkpoint was trained on VOC trainaug: it has seen the pictures of the train split among these.'
    : `This checkpoint was trained on VOC trainaug: it may have seen the pictures of "${list}".`;
}
