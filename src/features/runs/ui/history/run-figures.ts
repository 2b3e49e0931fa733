/** The numbers that a run's row shows, computed once per run. */
import type { RunColumns, RunRecord } from '../../../../domain/measuring/run.ts';
import { ratesOf, type RunRates } from '../../../../domain/measuring/run-summary.ts';
import { median, percentile } from '../../../../domain/measuring/statistics.ts';

/** ms; null for a run without a counted frame. */
export interface RunFigures {
  readonly n: number;
  readonly frameMs: number | null;
  readonly inferenceMs: number | null;
  /** Of the frame. */
  readonly p95Ms: number | null;
  readonly rates: RunRates;
}

/** Keyed by columns: a renamed run is a new record with the same columns. */
const known = new WeakMap<RunColumns, RunFigures>();

export function figuresOf(run: RunRecord): RunFigures {
  const { columns } = run;
  const before = known.get(columns);
  if (before !== undefined) return before;
  const n = columns.frame.length;
  const figures = {
    n,
    frameMs: n === 0 ? null : median(columns.frame),
    inferenceMs: n === 0 ? null : median(columns.inference),
    p95Ms: n === 0 ? null : percentile(columns.frame, 95),
    rates: ratesOf(run),
  };
  known.set(columns, figures);
  return figures;
}
