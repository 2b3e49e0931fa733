/** StageChart, loaded and first drawn when the main thread is idle. */
import { Suspense, lazy, useEffect, useState } from 'react';
import type { FrameTimings } from '../domain/measuring/stage-timings.ts';

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
