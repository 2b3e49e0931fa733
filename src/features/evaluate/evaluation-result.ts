/** Puts a result together from the pictures scored so far. */
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
import { leakNotice } from '../../domain/accuracy/training-leak.ts';
import type { PictureRecord } from './picture-scoring.ts';

/** What is known when the model is loaded and no picture is scored yet. */
export interface ResultFacts {
  readonly id: string;
  readonly setup: Setup;
  readonly description: AnyDescription;
  readonly dataSet: EvaluationResult['dataSet'];
  readonly startedAt: string;
  readonly userAgent: string;
  readonly segscopeVersion: string;
  /** Of the pictures that are to be scored. */
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
