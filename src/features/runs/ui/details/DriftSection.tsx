/** Thermal drift of a run: the chart, and a sentence that describes it (also for screen readers). */
import { Suspense, lazy, useId, useMemo } from 'react';
import { linearTrend } from '../../../../domain/measuring/linear-trend.ts';
import { busyMs, runDrift } from '../../../../domain/measuring/run-drift.ts';
import type { RunColumns } from '../../../../domain/measuring/run.ts';
import { mean } from '../../../../domain/measuring/statistics.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import type { DriftPoint } from './DriftChart.tsx';
import styles from '../runs.module.css';

const DriftChart = lazy(async () => ({ default: (await import('./DriftChart.tsx')).DriftChart }));

export function DriftSection({ columns }: { readonly columns: RunColumns }) {
  const { points, summary } = useMemo(() => driftPicture(columns), [columns]);
  const id = useId();
  return (
    <section>
      <h3>Latency over time</h3>
      {points.length > 1 && (
        <div className="chart" role="img" aria-labelledby={id}>
          <Suspense fallback={null}>
            <DriftChart points={points} />
          </Suspense>
        </div>
      )}
      <p className={classNames('quiet', styles.driftAxes)} aria-hidden="true">
        ms per frame without waiting, over seconds; dashed: linear fit
      </p>
      <p id={id}>{summary}</p>
    </section>
  );
}

interface DriftPicture {
  readonly points: readonly DriftPoint[];
  /** One sentence. */
  readonly summary: string;
}

const signed = (value: number, digits: number) =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

/** A fit through fewer frames would be misleading. */
const LINE_LEAST_FRAMES = 20;

function driftPicture(columns: RunColumns): DriftPicture {
  const busy = busyMs(columns);
  if (busy.length < LINE_LEAST_FRAMES) {
    return {
      points: pointsOf(columns, busy, () => null),
      summary: `${busy.length} frames: too few to fit a trend.`,
    };
  }
  const index = busy.map((_, i) => i);
  const trend = linearTrend(index, busy);
  const start = mean(busy) - trend.slope * mean(index);
  const per1000 = (msPerFrame: number) => signed(msPerFrame * 1000, 2);
  const slope = `Slope ${per1000(trend.slope)} ms per 1,000 frames (95 % interval ${per1000(trend.low)} to ${per1000(trend.high)}): ${
    trend.significant ? 'significant' : 'not significant'
  }.`;
  const drift = runDrift(columns);
  const thirds =
    drift === null
      ? ''
      : ` The median changed by ${signed(drift.change * 100, 1)} % from the first third to the last.`;
  return { points: pointsOf(columns, busy, (i) => start + trend.slope * i), summary: slope + thirds };
}

function pointsOf(
  { at }: RunColumns,
  busy: readonly number[],
  trendAt: (frame: number) => number | null,
): readonly DriftPoint[] {
  return busy.map((ms, i) => ({ seconds: (at[i] ?? 0) / 1000, busyMs: ms, trendMs: trendAt(i) }));
}
