/** The stages of the last frames, stacked. Loads recharts, so import it through LazyStageChart. */
import { createContext, memo, useContext, useState } from 'react';
import { Area, AreaChart, ReferenceLine, XAxis, YAxis, usePlotArea } from 'recharts';
import { STAGES, type FrameTimings } from '../domain/measuring/stage-timings.ts';
import { formatMs } from '../domain/quantity.ts';
import { CHART_FRAMES, ceilingOf, highestFrameMs, stageShapes, steadyCeiling } from './stage-chart-data.ts';

/**
 * recharts lays out the chart, its axes and its grid. The frames bypass recharts: this context hands them to the layer
 * inside. Seven stacked <Area> of 120 points cost 69 ms of main-thread CPU per update here (2 shared cores, Chromium
 * 156: recharts recomputes its whole store), twice a second; this layer costs 16 ms.
 */
const Recent = createContext<readonly FrameTimings[]>([]);

interface StageChartProps {
  readonly recent: readonly FrameTimings[];
  /** Frames of another chart that must have the same scale. */
  readonly beside?: readonly FrameTimings[];
}

export function StageChart({ recent, beside = [] }: StageChartProps) {
  const highestMs = Math.max(highestFrameMs(recent), highestFrameMs(beside));
  const [ceilingMs, setCeilingMs] = useState(() => ceilingOf(highestMs));
  const nextMs = steadyCeiling(ceilingMs, highestMs);
  if (nextMs !== ceilingMs) setCeilingMs(nextMs);
  return (
    <Recent value={recent}>
      <Frame ceilingMs={nextMs} />
    </Recent>
  );
}

const MARGIN = { top: 8, right: 1, bottom: 6, left: 0 };
const FILL_PARENT = { width: '100%', height: '100%' };
const TICK = { fill: 'currentColor', fontSize: 11 };
/** recharts draws no axes without data and a series. */
const ENDS = [
  { at: 0, nothing: 0 },
  { at: CHART_FRAMES, nothing: 0 },
];

/** Redrawn only when the scale changes. */
const Frame = memo(function Frame({ ceilingMs }: { readonly ceilingMs: number }) {
  return (
    <AreaChart responsive style={FILL_PARENT} data={ENDS} margin={MARGIN} accessibilityLayer={false}>
      <XAxis dataKey="at" type="number" domain={[0, CHART_FRAMES]} hide />
      <YAxis
        width={44}
        domain={[0, ceilingMs]}
        ticks={[0, ceilingMs / 2, ceilingMs]}
        tickFormatter={formatMs}
        tick={TICK}
        axisLine={false}
        tickLine={false}
        interval={0}
      />
      <Area dataKey="nothing" stroke="none" fill="none" activeDot={false} isAnimationActive={false} />
      <Stages ceilingMs={ceilingMs} />
      <ReferenceLine y={ceilingMs} className="chart-grid" />
      <ReferenceLine y={ceilingMs / 2} className="chart-grid" />
      <ReferenceLine y={0} className="chart-grid" />
    </AreaChart>
  );
});

function Stages({ ceilingMs }: { readonly ceilingMs: number }) {
  const recent = useContext(Recent);
  const box = usePlotArea();
  if (box === undefined) return null;
  const { paths, gaps } = stageShapes(recent, box, ceilingMs);
  return (
    <g>
      {STAGES.map((stage) => (
        <path
          key={stage}
          className="chart-stage"
          d={paths[stage]}
          style={{ fill: `var(--stage-${stage})` }}
        />
      ))}
      {gaps.map((x) => (
        <line key={x} className="chart-gap" x1={x} x2={x} y1={box.y} y2={box.y + box.height} />
      ))}
    </g>
  );
}
