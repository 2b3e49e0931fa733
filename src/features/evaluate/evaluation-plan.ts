/** Works through the configurations of an evaluation; each result is kept as it grows. */
import { ConfusionMatrix } from '../../domain/accuracy/confusion-matrix.ts';
import type { EvaluationPlan, EvaluationResult, Skipped } from '../../domain/accuracy/evaluation.ts';
import { middleSquare } from '../../domain/labels/picture-region.ts';
import { problemOf, type Problem } from '../../domain/problems/problem.ts';
import type { PicturePair } from '../../evaluation/data-set.ts';
import type { EvaluationFailure, EvaluationProgress } from './evaluation-store.ts';
import type { OpenSegmenter } from '../../segmentation/open-segmenter.ts';
import { evaluationResult, type ResultFacts } from './evaluation-result.ts';
import type { EvaluationShelf, UnfinishedRecord } from './evaluation-shelf.ts';
import { scorePictures, type PictureLabels, type PictureRecord } from './picture-scoring.ts';

export interface EvaluationPlanParts {
  /** ms, monotonic */
  readonly now: () => number;
  readonly date: () => Date;
  readonly userAgent: string;
  readonly segscopeVersion: string;
  readonly openSegmenter: OpenSegmenter;
  readonly decodePicture: (picture: Blob, fileName: string) => Promise<ImageBitmap>;
  /** null while nothing waits. */
  readonly pause: () => Promise<void> | null;
  readonly onProgress: (progress: EvaluationProgress) => void;
  /** A new state of a result, the last one included. */
  readonly onResult: (result: EvaluationResult) => void;
  /** What could not be kept; the evaluation goes on. */
  readonly onProblem: (problem: Problem) => void;
}

/** Before the first configuration is loaded. */
export function progressBefore(plan: EvaluationPlan, at: number, total: number): EvaluationProgress {
  return {
    plan,
    at,
    phase: 'loading',
    done: 0,
    total,
    progress01: at / plan.choices.length,
    secondsLeft: null,
    skipped: 0,
    meanIou: null,
    resultId: null,
    failures: [],
  };
}

/** React need not hear more often. */
const PROGRESS_EVERY_MS = 250;
const RESULT_EVERY_MS = 1000;
/** A new state of a result costs a bootstrap (some 0.3 s at 1,449 pictures): at most this share of the time goes there. */
const RESULT_SHARE = 20;

/**
 * @param pairs of the plan, in the order of record.names
 * @param signal ends it after the picture in flight; what is scored is kept
 * @returns the failures; it never rejects for a choice that fails
 */
export async function runEvaluation(
  record: UnfinishedRecord,
  pairs: readonly PicturePair[],
  shelf: EvaluationShelf,
  parts: EvaluationPlanParts,
  signal: AbortSignal,
): Promise<readonly EvaluationFailure[]> {
  const failures: EvaluationFailure[] = [];
  for (let at = record.at; at < record.plan.choices.length && !signal.aborted; at++) {
    await keep(() => shelf.setUnfinished({ ...record, at }), parts);
    try {
      await runChoice(record, at, pairs, shelf, failures, parts, signal);
    } catch (error) {
      if (error === signal.reason) break;
      failures.push({ at, problem: problemOf(error, (detail) => ({ kind: 'inference-failed', detail })) });
    }
  }
  return failures;
}

async function runChoice(
  { plan, resultIds, names, dataSetName, mapping }: UnfinishedRecord,
  at: number,
  pairs: readonly PicturePair[],
  shelf: EvaluationShelf,
  failures: readonly EvaluationFailure[],
  parts: EvaluationPlanParts,
  signal: AbortSignal,
): Promise<void> {
  const { now } = parts;
  const setup = plan.choices[at];
  const id = resultIds[at];
  if (setup === undefined || id === undefined) return;
  // A shelf that cannot be read has nothing to go on with: the choice is scored from its first picture.
  const earlier = (await shelf.results().catch(() => [])).find((result) => result.id === id) ?? null;
  const pictures: PictureRecord[] = earlier === null ? [] : [...(await shelf.pictures(id))];
  const skipped: Skipped[] = earlier === null ? [] : [...earlier.skipped];
  const known = new Set([...pictures, ...skipped].map(({ name }) => name));
  const remaining = pairs.filter(({ name }) => !known.has(name));
  const total = pairs.length;
  const begun = { at: now(), done: total - remaining.length };
  let matrix: ConfusionMatrix | null = null;
  let told = -Infinity;

  function tell(phase: EvaluationProgress['phase'], resultId: string | null): void {
    if (phase === 'scoring' && now() - told < PROGRESS_EVERY_MS) return;
    told = now();
    const done = pictures.length + skipped.length;
    const perPicture = (now() - begun.at) / (done - begun.done);
    const left = total - done + total * (plan.choices.length - at - 1);
    parts.onProgress({
      plan,
      at,
      phase,
      done,
      total,
      progress01: (at + done / total) / plan.choices.length,
      secondsLeft: phase === 'loading' || done === begun.done ? null : (perPicture * left) / 1000,
      skipped: skipped.length,
      meanIou: matrix?.meanIou() ?? null,
      resultId,
      failures,
    });
  }

  tell('loading', null);
  const segmenter = await parts.openSegmenter(setup, signal);
  try {
    begun.at = now();
    const { description } = segmenter;
    const sum = new ConfusionMatrix(description.classNames.length);
    for (const { counts } of pictures) sum.addCounts(counts);
    matrix = sum;
    const facts: ResultFacts = {
      id,
      setup,
      description,
      dataSet: { name: dataSetName, list: plan.list, mapping: mapping?.name ?? null },
      startedAt: earlier?.startedAt ?? parts.date().toISOString(),
      userAgent: parts.userAgent,
      segscopeVersion: parts.segscopeVersion,
      names,
    };
    let unsaved: (readonly [PictureRecord, PictureLabels])[] = [];
    let saved = { at: now(), costMs: 0 };
    let saving: Promise<void> = Promise.resolve();
    const save = () => {
      const started = now();
      const result = evaluationResult(facts, pictures, [...skipped]);
      const added = unsaved;
      unsaved = [];
      parts.onResult(result);
      saving = saving.then(() => keep(() => shelf.save(result, added), parts));
      saved = { at: now(), costMs: now() - started };
    };
    const step = () => {
      tell('scoring', id);
      if (now() - saved.at > Math.max(RESULT_EVERY_MS, RESULT_SHARE * saved.costMs)) save();
    };
    tell('scoring', null);
    try {
      await scorePictures(remaining, {
        now,
        classes: description.classNames.length,
        mapping,
        decodePicture: parts.decodePicture,
        segmenter,
        seen: setup.preprocessing === 'crop' ? middleSquare : null,
        onScored(scored, labels) {
          pictures.push(scored);
          unsaved.push([scored, labels]);
          sum.addCounts(scored.counts);
          step();
        },
        onSkipped(one) {
          skipped.push(one);
          step();
        },
        pause: parts.pause,
        isOver: () => signal.aborted,
        oneAtATime: plan.oneAtATime === true,
      });
    } finally {
      tell('saving', id);
      save();
      await saving;
    }
  } finally {
    await segmenter.close();
  }
}

async function keep(work: () => Promise<void>, parts: EvaluationPlanParts): Promise<void> {
  try {
    await work();
  } catch (error) {
    parts.onProblem(problemOf(error, (detail) => ({ kind: 'evaluation-unkept', detail })));
  }
}
