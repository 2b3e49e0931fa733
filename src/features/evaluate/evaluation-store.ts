/** State of the Evaluate view: data set, current evaluation, results kept in this browser. */
import { createStore } from 'zustand/vanilla';
import type { DataSetReport, EvaluationPlan, EvaluationResult } from '../../domain/accuracy/evaluation.ts';
import type { Problem } from '../../domain/problems/problem.ts';

export type DataSetStatus =
  | { readonly kind: 'none' }
  /** filesSeen grows while a folder is read. */
  | { readonly kind: 'reading'; readonly name: string; readonly filesSeen: number }
  /** report.pairs may be 0: the folder was empty or every file was skipped. */
  | { readonly kind: 'ready'; readonly report: DataSetReport }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** A configuration that failed before or during scoring, with the reason; the plan continued. */
export interface EvaluationFailure {
  /** Index of the choice. */
  readonly at: number;
  readonly problem: Problem;
}

export interface EvaluationProgress {
  readonly plan: EvaluationPlan;
  /** Index of the current choice. */
  readonly at: number;
  readonly phase: 'loading' | 'scoring' | 'saving';
  /** Pictures of the current choice, including skipped ones. */
  readonly done: number;
  readonly total: number;
  /** Share of the whole plan, 0..1. */
  readonly progress01: number;
  /** Estimated from the measurements so far; null while unknown. */
  readonly secondsLeft: number | null;
  /** Mean IoU of the current choice so far. */
  readonly skipped: number;
  readonly meanIou: number | null;
  /** Id of the (partial) result of the current choice; null before its first picture. */
  readonly resultId: string | null;
  readonly failures: readonly EvaluationFailure[];
}

export type EvaluationStatus =
  | { readonly kind: 'idle' }
  | ({ readonly kind: 'running' } & EvaluationProgress)
  | ({ readonly kind: 'paused' } & EvaluationProgress)
  | {
      readonly kind: 'done';
      readonly plan: EvaluationPlan;
      /** Ids of this plan's results, including partial ones. */
      readonly resultIds: readonly string[];
      readonly failures: readonly EvaluationFailure[];
      readonly cancelled: boolean;
    }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** An evaluation that an earlier page left unfinished; resume() continues it once its folder is open again. */
export interface UnfinishedEvaluation {
  readonly plan: EvaluationPlan;
  readonly dataSetName: string;
  /** Picture count over the whole plan, like `total`. */
  readonly done: number;
  readonly total: number;
  /** True if the open data set has the same pictures (by name and size). */
  readonly dataSetMatches: boolean;
}

export type ResultsStatus =
  | { readonly kind: 'loading' }
  /** Newest first; includes the current partial result, which updates about once a second. */
  | { readonly kind: 'ready'; readonly results: readonly EvaluationResult[] };

export interface EvaluationState {
  readonly dataSet: DataSetStatus;
  readonly evaluation: EvaluationStatus;
  readonly unfinished: UnfinishedEvaluation | null;
  readonly results: ResultsStatus;
  /** The last error outside the plan (saving, mapping file), as one line; null = no error. */
  readonly problem: Problem | null;
}

export function createEvaluationStore() {
  return createStore<EvaluationState>()(() => ({
    dataSet: { kind: 'none' },
    evaluation: { kind: 'idle' },
    unfinished: null,
    results: { kind: 'loading' },
    problem: null,
  }));
}

export type EvaluationStore = ReturnType<typeof createEvaluationStore>;
