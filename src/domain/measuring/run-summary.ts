/** A run in numbers: statistics per stage and frame, the three rates, and the certainty of its medians. */
import { BOOTSTRAP_SEED, medianInterval, type Interval } from './bootstrap.ts';
import type { RunColumns, RunRecord } from './run.ts';
import { columnsUnaccounted, DURATIONS, type Duration } from './run-columns.ts';
import { seededRandom } from './seeded-random.ts';
import { median, summarise, type Summary } from './statistics.ts';

/** ms; percentiles of type 7 (see statistics.ts). */
export interface DurationSummary extends Summary {
  readonly key: Duration;
  /**
   * The thesis's max_1: the first counted frame if none took longer, else null. Warm-up frames are not counted, so the
   * cold first inference is ColdTimings.firstInferenceMs, not this.
   */
  readonly max1: number | null;
  /** The thesis's max_2: the longest of all frames except the first; null for a single frame. */
  readonly max2: number | null;
}

/** 1/s, each under its own name; null while there is nothing to divide. */
export interface RunRates {
  /** 1000 / median inference: what the network alone could reach. Never call it FPS. */
  readonly modelPerSecond: number | null;
  /** Painted frames per second of the run, from the request for the first to the painting of the last. */
  readonly framesPerSecond: number | null;
  /** Distinct pictures per second from the source; null for still pictures. */
  readonly sourcePerSecond: number | null;
  /** Source pictures skipped because no request came in time; null for still pictures. */
  readonly skipped: number | null;
}

export interface RunSummary {
  /** Counted frames. */
  readonly n: number;
  /** From the request for the first counted frame to the painting of the last, ms. */
  readonly durationMs: number;
  /** One per duration, in the order of DURATIONS; empty if no frame was counted. */
  readonly rows: readonly DurationSummary[];
  readonly rates: RunRates;
  /** Median share of the frame time that no stage accounts for, 0..1; null without frames. */
  readonly unaccounted: number | null;
}

export function summariseRun(run: Pick<RunRecord, 'columns' | 'sourcePictures'>): RunSummary {
  const { columns } = run;
  const n = columns.frame.length;
  return {
    n,
    durationMs: columns.at.at(-1) ?? 0,
    rows: n === 0 ? [] : DURATIONS.map((key) => summariseDuration(key, columns[key])),
    rates: ratesOf(run),
    unaccounted: n === 0 ? null : median(columnsUnaccounted(columns)),
  };
}

/** The row of one duration; null if no frame was counted. */
export function rowOf(summary: RunSummary, key: Duration): DurationSummary | null {
  return summary.rows.find((row) => row.key === key) ?? null;
}

/**
 * 95 % bootstrap interval of a duration's median, ms; null without frames. Separate from summariseRun() because it
 * costs more than all the rest; the same run always gives the same interval.
 */
export function medianIntervalOf(columns: RunColumns, key: Duration): Interval | null {
  const values = columns[key];
  if (values.length === 0) return null;
  const interval = intervals.get(values) ?? medianInterval(values, seededRandom(BOOTSTRAP_SEED));
  intervals.set(values, interval);
  return interval;
}

/** Columns never change, so their intervals do not either, and a report reads each of them several times. */
const intervals = new WeakMap<readonly number[], Interval>();

function summariseDuration(key: Duration, values: readonly number[]): DurationSummary {
  const summary = summarise(values);
  const first = values[0] ?? null;
  return {
    key,
    ...summary,
    max1: first === summary.max ? first : null,
    max2: values.length < 2 ? null : values.slice(1).reduce((longest, value) => Math.max(longest, value)),
  };
}

/** Separate from summariseRun() because a table of many runs needs only this and two medians of each. */
export function ratesOf({
  columns,
  sourcePictures,
}: Pick<RunRecord, 'columns' | 'sourcePictures'>): RunRates {
  const seconds = (columns.at.at(-1) ?? 0) / 1000;
  const inferenceMs = columns.inference.length === 0 ? 0 : median(columns.inference);
  return {
    modelPerSecond: inferenceMs > 0 ? 1000 / inferenceMs : null,
    framesPerSecond: seconds > 0 ? columns.at.length / seconds : null,
    sourcePerSecond: seconds > 0 && sourcePictures !== null ? sourcePictures.unique / seconds : null,
    skipped: sourcePictures?.skipped ?? null,
  };
}
