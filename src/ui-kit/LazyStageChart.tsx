/** StageChart, loaded and first drawn when the main thread is idle. */
import { Suspense, lazy, useEffect, useState } from 'react';
import { STAGES, type FrameTimings } from '../domain/measuring/stage-timings.ts';
import type { TimingSnapshot } from '../domain/measuring/timing-snapshot.ts';
import { counted, formatMsUnit, formatShare } from '../domain/quantity.ts';

const StageChart = lazy(async () => ({ default: (await import('./StageChart.tsx')).StageChart }));

/** Longest wait where the browser cannot say when it is idle (Safari), ms. */
const WITHOUT_IDLE_MS = 300;

interface LazyStageChartProps {
  /** Id of the element that says in words what the chart shows. */
  readonly labelledBy: string;
  readonly recent: readonly FrameTimings[];
  /** Frames of another chart that must have the same scale. */
  readonly beside?: readonly FrameTimings[];
}

export function LazyStageChart({ labelledBy, ...frames }: LazyStageChartProps) {
  // The first drawing takes 60 to 130 ms here: done while the worker loads the model, not while the picture is live.
  const idle = useIdleOnce();
  return (
    <div className="chart" role="img" aria-labelledby={labelledBy}>
      {idle && (
        <Suspense fallback={null}>
          <StageChart {...frames} />
        </Suspense>
      )}
    </div>
  );
}

/** False at first; true for good from the first idle period after mounting. */
function useIdleOnce(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const becomeIdle = () => setIdle(true);
    if (!('requestIdleCallback' in globalThis)) {
      const timer = setTimeout(becomeIdle, WITHOUT_IDLE_MS);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(becomeIdle);
    return () => cancelIdleCallback(request);
  }, []);
  return idle;
}

/** "Median frame 48.2 ms; inference takes longest, 41.0 ms (85 %); 2 interruptions." */
export function stageSummary({ rows, recent }: TimingSnapshot): string {
  const medianOf = (key: string) => rows.find((row) => row.key === key)?.median ?? null;
  const frameMs = medianOf('frame');
  const longest = STAGES.map((stage) => ({ stage, ms: medianOf(stage) ?? 0 })).reduce((a, b) =>
    b.ms > a.ms ? b : a,
  );
  const share01 = frameMs !== null && frameMs > 0 ? longest.ms / frameMs : null;
  const gaps = recent.slice(1).filter((frame) => frame.afterGap).length;
  const parts = [
    `Median frame ${formatMsUnit(frameMs)}`,
    `${longest.stage} takes longest, ${formatMsUnit(longest.ms)} (${formatShare(share01)})`,
    ...(gaps === 0 ? [] : [`${counted(gaps, 'interruption')} (dashed)`]),
  ];
  return `${parts.join('; ')}.`;
}
