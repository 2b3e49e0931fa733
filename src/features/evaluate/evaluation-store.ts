/** What the Evaluate view shows: data set, evaluation under way, results kept in this browser. */
import { createStore } from 'zustand/vanilla';
import type { DataSetReport, EvaluationPlan, EvaluationResult } from '../../domain/accuracy/evaluation.ts';
import type { Problem } from '../../domain/problems/problem.ts';

export type DataSetStatus =
  | { readonly kind: 'none' }
  /** filesSeen rises while a folder is walked. */
  | { readonly kind: 'reading'; readonly name: string; readonly filesSeen: number }
  /** report.pairs may be 0: an empty folder, or one of which everything was skipped. */
  | { readonly kind: 'ready'; readonly report: DataSetReport }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** A configuration that could not be scored at all, or not to its end, with its reason; the plan went on. */
export interface EvaluationFailure {
  /** Index of the choice. */
  readonly at: number;
  readonly problem: Problem;
}

export interface EvaluationProgress {
  readonly plan: EvaluationPlan;
  /** Index of the choice under way. */
  readonly at: number;
  readonly phase: 'loading' | 'scoring' | 'saving';
  /** Pictures of the choice under way, skipped ones included. */
  readonly done: number;
  readonly total: number;
  /** Of the whole plan, 0..1. */
  readonly progress01: number;
  /** Estimated from what was measured so far; null while unknown. */
  readonly secondsLeft: number | null;
  /** Of the choice under way, so far. */
  readonly skipped: number;
  readonly meanIou: number | null;
  /** Id of the (partial) result of the choice under way; null before its first picture. */
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
      /** Ids of the results of this plan, partial ones included. */
      readonly resultIds: readonly string[];
      readonly failures: readonly EvaluationFailure[];
      readonly cancelled: boolean;
    }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** An evaluation that an earlier page left unfinished; resume() goes on once its folder is open again. */
export interface UnfinishedEvaluation {
  readonly plan: EvaluationPlan;
  readonly dataSetName: string;
  /** Pictures of the whole plan. */
  readonly done: number;
  readonly total: number;
  /** True when the open data set has the same pictures (by name and size). */
  readonly dataSetMatches: boolean;
}

export type ResultsStatus =
  | { readonly kind: 'loading' }
  /** Newest first; the partial result under way among them, refreshed about once a second. */
  | { readonly kind: 'ready'; readonly results: readonly EvaluationResult[] };

export interface EvaluationState {
  readonly dataSet: DataSetStatus;
  readonly evaluation: EvaluationStatus;
  readonly unfinished: UnfinishedEvaluation | null;
  readonly results: ResultsStatus;
  /** The last thing that went wrong beside the plan (keeping, mapping file), as one line; null = all well. */
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
