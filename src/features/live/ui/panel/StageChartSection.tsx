/** The chart with its one-line summary, which is also what a screen reader gets. */
import { Suspense, lazy, memo, useDeferredValue, useId } from 'react';
import { STAGES } from '../../../../domain/measuring/stage-timings.ts';
import type { TimingSnapshot } from '../../../../domain/measuring/timing-snapshot.ts';
import { formatMsUnit, formatShare } from '../../../../domain/quantity.ts';
import { useTiming } from '../session-context.ts';
import { useIdleOnce } from './use-idle-once.ts';

const StageChart = lazy(async () => ({ default: (await import('./StageChart.tsx')).StageChart }));

const NO_FRAMES: TimingSnapshot['recent'] = [];

export const StageChartSection = memo(function StageChartSection() {
  const snapshot = useTiming((state) => state.snapshot);
  // The chart is the heaviest thing React draws here: deferred, it yields to clicks and to the frame pump.
  const recent = useDeferredValue(snapshot?.recent ?? NO_FRAMES);
  // Its first drawing takes 60 to 130 ms here: done while the worker loads the model, not while the picture is live.
  const idle = useIdleOnce();
  const id = useId();
  return (
    <section className="panel-part">
      <h2>Stages of the last 120 frames</h2>
      <div className="chart" role="img" aria-labelledby={id}>
        {idle && (
          <Suspense fallback={null}>
            <StageChart recent={recent} />
          </Suspense>
        )}
      </div>
      <div className="chart-axis quiet" aria-hidden="true">
        <span>120 frames ago</span>
        <span>ms, stacked</span>
        <span>now</span>
      </div>
      <p id={id} className="quiet chart-summary">
        {snapshot === null ? 'No frame was painted yet.' : summaryOf(snapshot)}
      </p>
    </section>
  );
});

/** "Median frame 48.2 ms; inference takes the most, 41.0 ms (85 %); 2 interruptions." */
export function summaryOf({ rows, recent }: TimingSnapshot): string {
  const medianOf = (key: string) => rows.find((row) => row.key === key)?.median ?? null;
  const frameMs = medianOf('frame');
  const longest = STAGES.map((stage) => ({ stage, ms: medianOf(stage) ?? 0 })).reduce((a, b) =>
    b.ms > a.ms ? b : a,
  );
  const share01 = frameMs !== null && frameMs > 0 ? longest.ms / frameMs : null;
  const gaps = recent.slice(1).filter((frame) => frame.afterGap).length;
  const parts = [
    `Median frame ${formatMsUnit(frameMs)}`,
    `${longest.stage} takes the most, ${formatMsUnit(longest.ms)} (${formatShare(share01)})`,
    ...(gaps === 0 ? [] : [`${gaps} ${gaps === 1 ? 'interruption' : 'interruptions'} (dashed)`]),
  ];
  return `${parts.join('; ')}.`;
}
