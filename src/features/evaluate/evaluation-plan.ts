/** Works through the configurations of an evaluation, and saves each result as it grows. */
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
  /** null unless paused. */
  readonly pause: () => Promise<void> | null;
  readonly onProgress: (progress: EvaluationProgress) => void;
  /** A new state of a result, including the last one. */
  readonly onResult: (result: EvaluationResult) => void;
  /** A failed save; the evaluation continues. */
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

/** React does not need more frequent updates. */
const PROGRESS_EVERY_MS = 250;
const RESULT_EVERY_MS = 1000;
/**
 * A new state of a result needs a bootstrap (about 0.3 s at 1,449 pictures): it may use at most this share of the
 * time.
 */
const RESULT_SHARE = 20;

/**
 * @param pairs of the plan, in the order of record.names
 * @param signal ends the plan after the picture in flight; scored pictures are kept
 * @returns the failures; a failed choice never rejects the promise
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

/** The pictures scored for a choice so far, including those from earlier pages. */
interface Scored {
  readonly pictures: PictureRecord[];
  readonly skipped: Skipped[];
  /** null if no earlier page started it. */
  readonly startedAt: string | null;
}

async function scoredEarlier(shelf: EvaluationShelf, id: string): Promise<Scored> {
  // If the shelf cannot be read, the choice starts again from its first picture.
  const earlier = (await shelf.results().catch(() => [])).find((result) => result.id === id);
  if (earlier === undefined) return { pictures: [], skipped: [], startedAt: null };
  const { skipped, startedAt } = earlier;
  return { pictures: [...(await shelf.pictures(id))], skipped: [...skipped], startedAt };
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
  const scored = await scoredEarlier(shelf, id);
  const { pictures, skipped } = scored;
  const known = new Set([...pictures, ...skipped].map(({ name }) => name));
  const remaining = pairs.filter(({ name }) => !known.has(name));
  const total = pairs.length;
  let began = now();
  let matrix: ConfusionMatrix | null = null;
  let told = -Infinity;

  function tell(phase: EvaluationProgress['phase'], resultId: string | null): void {
    if (phase === 'scoring' && now() - told < PROGRESS_EVERY_MS) return;
    told = now();
    const done = pictures.length + skipped.length;
    const pace = {
      done,
      total,
      before: total - remaining.length,
      elapsedMs: phase === 'loading' ? 0 : told - began,
    };
    parts.onProgress({
      plan,
      at,
      phase,
      done,
      total,
      ...estimateEvaluation(at, plan.choices.length, pace),
      skipped: skipped.length,
      meanIou: matrix?.meanIou() ?? null,
      resultId,
      failures,
    });
  }

  tell('loading', null);
  const segmenter = await parts.openSegmenter(setup, signal);
  try {
    began = now();
    const { description } = segmenter;
    const classes = description.classNames.length;
    const sum = new ConfusionMatrix(classes);
    for (const { counts } of pictures) sum.addCounts(counts);
    matrix = sum;
    const facts: ResultFacts = {
      id,
      setup,
      description,
      dataSet: { name: dataSetName, list: plan.list, mapping: mapping?.name ?? null },
      startedAt: scored.startedAt ?? parts.date().toISOString(),
      userAgent: parts.userAgent,
      segscopeVersion: parts.segscopeVersion,
      names,
    };
    const keeper = createResultKeeper(facts, scored, shelf, parts);
    const step = () => {
      tell('scoring', id);
      keeper.saveWhenDue();
    };
    tell('scoring', null);
    try {
      await scorePictures(remaining, {
        now,
        classes,
        mapping,
        decodePicture: parts.decodePicture,
        segmenter,
        seen: setup.preprocessing === 'crop' ? middleSquare : null,
        onScored(record, labels) {
          keeper.add(record, labels);
          sum.addCounts(record.counts);
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
      await keeper.saveLast();
    }
  } finally {
    await segmenter.close();
  }
}

/** Pictures of the current choice. */
export interface Pace {
  readonly done: number;
  readonly total: number;
  /** Done pictures that an earlier page scored: they took no time on this page. */
  readonly before: number;
  /** Since the first picture that this page scores; 0 while loading. */
  readonly elapsedMs: number;
}

/** Assumes that later choices have as many pictures and the same speed as the current choice. */
export function estimateEvaluation(
  at: number,
  choices: number,
  { done, total, before, elapsedMs }: Pace,
): Pick<EvaluationProgress, 'progress01' | 'secondsLeft'> {
  const left = total - done + total * (choices - at - 1);
  const known = done > before && elapsedMs > 0;
  return {
    progress01: (at + done / total) / choices,
    secondsLeft: known ? ((elapsedMs / (done - before)) * left) / 1000 : null,
  };
}

interface ResultKeeper {
  add(record: PictureRecord, labels: PictureLabels): void;
  /** About once a second, or less often if a result is expensive to compute. */
  saveWhenDue(): void;
  /** Resolves when everything is saved. */
  saveLast(): Promise<void>;
}

/** Reports and saves the result of a choice as it grows. */
function createResultKeeper(
  facts: ResultFacts,
  { pictures, skipped }: Scored,
  shelf: EvaluationShelf,
  parts: EvaluationPlanParts,
): ResultKeeper {
  const { now } = parts;
  let unsaved: (readonly [PictureRecord, PictureLabels])[] = [];
  let saved = { at: now(), costMs: 0 };
  let saving: Promise<void> = Promise.resolve();

  function save(): void {
    const started = now();
    const result = evaluationResult(facts, pictures, [...skipped]);
    const added = unsaved;
    unsaved = [];
    parts.onResult(result);
    saving = saving.then(() => keep(() => shelf.save(result, added), parts));
    saved = { at: now(), costMs: now() - started };
  }

  return {
    add(record, labels) {
      pictures.push(record);
      unsaved.push([record, labels]);
    },
    saveWhenDue() {
      if (now() - saved.at > Math.max(RESULT_EVERY_MS, RESULT_SHARE * saved.costMs)) save();
    },
    saveLast() {
      save();
      return saving;
    },
  };
}

async function keep(work: () => Promise<void>, parts: EvaluationPlanParts): Promise<void> {
  try {
    await work();
  } catch (error) {
    parts.onProblem(problemOf(error, (detail) => ({ kind: 'evaluation-unkept', detail })));
  }
}
