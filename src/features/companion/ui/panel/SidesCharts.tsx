/** The stages of the last frames of both sides, on one scale. */
import { memo, useDeferredValue, useId } from 'react';
import type { FrameTimings } from '../../../../domain/measuring/stage-timings.ts';
import type { TimingSnapshot } from '../../../../domain/measuring/timing-snapshot.ts';
import { LazyStageChart } from '../../../../ui-kit/LazyStageChart.tsx';
import { stageSummary } from '../../../../ui-kit/stage-chart-data.ts';
import { useCompanionTiming } from '../companion-context.ts';
import styles from '../companion.module.css';

const NO_FRAMES: readonly FrameTimings[] = [];

export const SidesCharts = memo(function SidesCharts() {
  const browser = useCompanionTiming((state) => state.browser);
  const agent = useCompanionTiming((state) => state.agent);
  // As on the live page: the charts yield to clicks and to the frame pump.
  const browserFrames = useDeferredValue(browser?.recent ?? NO_FRAMES);
  const agentFrames = useDeferredValue(agent?.recent ?? NO_FRAMES);
  return (
    <section className="panel-part">
      <h2>Stages of the last 120 frames, one scale</h2>
      <SideChart name="Browser" snapshot={browser} recent={browserFrames} beside={agentFrames} />
      <SideChart name="Agent" snapshot={agent} recent={agentFrames} beside={browserFrames} />
      <div className="chart-axis quiet" aria-hidden="true">
        <span>120 frames ago</span>
        <span>ms, stacked</span>
        <span>now</span>
      </div>
    </section>
  );
});

interface SideChartProps {
  readonly name: string;
  readonly snapshot: TimingSnapshot | null;
  readonly recent: readonly FrameTimings[];
  readonly beside: readonly FrameTimings[];
}

function SideChart({ name, snapshot, recent, beside }: SideChartProps) {
  const id = useId();
  return (
    <div className={styles.sideChart}>
      <p id={id} className="chart-summary">
        <strong>{name}</strong>{' '}
        <span className="quiet">{snapshot === null ? 'No frames yet.' : stageSummary(snapshot)}</span>
      </p>
      <LazyStageChart labelledBy={id} recent={recent} beside={beside} />
    </div>
  );
}
