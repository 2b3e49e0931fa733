/** A run's frames, read from its columns: the durations, and the time that no stage accounts for. */
import type { RunColumns } from './run.ts';
import { STAGES, type Stage } from './stage-timings.ts';

/** Durations of a run, in the order of every table: the stages, the wait inside capture, the whole frame. */
export const DURATIONS = [...STAGES, 'wait', 'frame'] as const;

export type Duration = Stage | 'wait' | 'frame';

/** All columns of a run. */
export const COLUMN_NAMES = [...DURATIONS, 'at'] as const;

/** Per frame: the share of its time that belongs to no stage; unaccountedShare() of stage-timings.ts, over columns. */
export function columnsUnaccounted(columns: RunColumns): readonly number[] {
  return columns.frame.map((frameMs, i) => {
    let sum = 0;
    for (const stage of STAGES) sum += columns[stage][i] as number;
    return frameMs > 0 ? Math.abs(frameMs - sum) / frameMs : 0;
  });
}

/** Per frame: the sum of several durations, ms. */
export function sumOfColumns(columns: RunColumns, durations: readonly Duration[]): readonly number[] {
  return columns.frame.map((_, i) => durations.reduce((sum, key) => sum + (columns[key][i] ?? 0), 0));
}
