/** State of the Runs view: the plan being edited, the current run, the history. */
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../domain/problems/problem.ts';
import type { RunPlan, RunRecord } from '../../domain/measuring/run.ts';

/** A choice of a plan that could not be measured at all, with its reason; the plan continued. */
export interface PlanFailure {
  /** Index of the choice. */
  readonly at: number;
  readonly problem: Problem;
}

export type RunProgress =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly plan: RunPlan;
      /** Index of the current choice. */
      readonly at: number;
      readonly phase: 'recording' | 'loading' | 'warm-up' | 'measuring' | 'saving';
      /** Share of the whole plan, 0..1. */
      readonly progress01: number;
      /** Estimated from the measurements so far; null while unknown. */
      readonly secondsLeft: number | null;
      readonly failures: readonly PlanFailure[];
    };

/** How the last plan ended, so that its failures stay readable after the progress bar disappears. */
export interface PlanOutcome {
  readonly plan: RunPlan;
  /** Ids of the runs that it added to the history, valid or not. */
  readonly runIds: readonly string[];
  readonly failures: readonly PlanFailure[];
  readonly cancelled: boolean;
}

export type HistoryStatus =
  | { readonly kind: 'loading' }
  /** Newest first. */
  | { readonly kind: 'ready'; readonly runs: readonly RunRecord[] }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface RunState {
  readonly progress: RunProgress;
  /** null until a plan has ended, and while the next one runs. */
  readonly outcome: PlanOutcome | null;
  /** The last error outside the plan (saving, importing, the link), as one line; null = no error. */
  readonly problem: Problem | null;
  readonly history: HistoryStatus;
  /** Ids, in the order of selection. */
  readonly selected: readonly string[];
}

export function createRunStore() {
  return createStore<RunState>()(() => ({
    progress: { kind: 'idle' },
    outcome: null,
    problem: null,
    history: { kind: 'loading' },
    selected: [],
  }));
}

export type RunStore = ReturnType<typeof createRunStore>;
