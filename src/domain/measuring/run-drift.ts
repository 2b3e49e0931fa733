/** Whether a run's frames became slower or faster during the measurement: thermal throttling, or a late warm-up. */
import { BOOTSTRAP_SEED, middle95, resampledMedians, RESAMPLES, type Interval } from './bootstrap.ts';
import { linearTrend, type Trend } from './linear-trend.ts';
import type { RunColumns } from './run.ts';
import { seededRandom } from './seeded-random.ts';
import { median } from './statistics.ts';

/** Fewer frames cannot separate drift from noise. */
export const DRIFT_LEAST_FRAMES = 60;

/** A change beyond this share fails the run, if it exceeds noise. */
export const DRIFT_TOLERANCE = 0.1;

export interface Drift {
  /** (median of the last third - median of the first third) / median of the first third; > 0: slower. */
  readonly change: number;
  /** 95 % bootstrap interval of the change. */
  readonly interval: Interval;
  /** Trend of the busy time over the frame's index, ms per frame. */
  readonly trend: Trend;
  /** True when the change exceeds DRIFT_TOLERANCE either way and its interval excludes 0. */
  readonly suspicious: boolean;
}

/**
 * Per frame, ms: the time without the wait for the source, because the source's rate says nothing about the device's
 * heat.
 */
export function busyMs(columns: RunColumns): readonly number[] {
  return columns.frame.map((frame, i) => frame - (columns.wait[i] ?? 0));
}

/** null under DRIFT_LEAST_FRAMES, and if the clock is too coarse to measure the frames of the first third. */
export function runDrift(columns: RunColumns): Drift | null {
  const busy = busyMs(columns);
  const third = Math.floor(busy.length / 3);
  if (busy.length < DRIFT_LEAST_FRAMES) return null;
  const first = busy.slice(0, third);
  const last = busy.slice(-third);
  const base = median(first);
  if (base <= 0) return null;
  const random = seededRandom(BOOTSTRAP_SEED);
  const before = resampledMedians(first, random);
  const after = resampledMedians(last, random);
  const changes = Float64Array.from({ length: RESAMPLES }, (_, i) => {
    const from = before[i] as number;
    return ((after[i] as number) - from) / from;
  });
  const change = (median(last) - base) / base;
  const interval = middle95(changes);
  return {
    change,
    interval,
    trend: linearTrend(
      busy.map((_, i) => i),
      busy,
    ),
    suspicious: Math.abs(change) > DRIFT_TOLERANCE && (interval.low > 0 || interval.high < 0),
  };
}
