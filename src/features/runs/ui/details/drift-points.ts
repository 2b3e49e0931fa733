/** Latency over the time of a run, with the straight line through it, ready to draw. */
import { linearTrend } from '../../../../domain/measuring/linear-trend.ts';
import { busyMs, runDrift } from '../../../../domain/measuring/run-drift.ts';
import type { RunColumns } from '../../../../domain/measuring/run.ts';
import { mean } from '../../../../domain/measuring/statistics.ts';

export interface DriftPoint {
  /** Since the first counted frame was asked for, s. */
  readonly seconds: number;
  /** Frame without waiting, ms. */
  readonly busyMs: number;
  /** The line at this frame, ms; null where there are too few frames for one. */
  readonly trendMs: number | null;
}

export interface DriftPicture {
  readonly points: readonly DriftPoint[];
  /** One sentence. */
  readonly summary: string;
}

const signed = (value: number, digits: number) =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

/** A line through fewer frames would say more than is known. */
const LINE_LEAST_FRAMES = 20;

export function driftPicture(columns: RunColumns): DriftPicture {
  const busy = busyMs(columns);
  if (busy.length < LINE_LEAST_FRAMES) {
    return {
      points: pointsOf(columns, busy, () => null),
      summary: `${busy.length} frames: too few for a slope.`,
    };
  }
  const index = busy.map((_, i) => i);
  const trend = linearTrend(index, busy);
  const start = mean(busy) - trend.slope * mean(index);
  const per1000 = (msPerFrame: number) => signed(msPerFrame * 1000, 2);
  const slope = `Slope ${per1000(trend.slope)} ms per 1,000 frames (95 % interval ${per1000(trend.low)} to ${per1000(trend.high)}): ${
    trend.significant ? 'can be told from none' : 'cannot be told from none'
  }.`;
  const drift = runDrift(columns);
  const thirds =
    drift === null
      ? ''
      : ` From the first to the last third the median changed by ${signed(drift.change * 100, 1)} %.`;
  return { points: pointsOf(columns, busy, (i) => start + trend.slope * i), summary: slope + thirds };
}

function pointsOf(
  { at }: RunColumns,
  busy: readonly number[],
  trendAt: (frame: number) => number | null,
): readonly DriftPoint[] {
  return busy.map((ms, i) => ({ seconds: (at[i] ?? 0) / 1000, busyMs: ms, trendMs: trendAt(i) }));
}
