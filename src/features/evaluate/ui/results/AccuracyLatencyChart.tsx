/** Accuracy vs. latency as recharts draws it; loaded late, like every chart. */
import { memo } from 'react';
import { CartesianGrid, LabelList, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import { formatMs } from '../../../../domain/quantity.ts';
import { frontAndRest, type AccuracyPoint } from './accuracy-points.ts';

const FILL_PARENT = { width: '100%', height: '100%' };
const MARGIN = { top: 18, right: 24, bottom: 4, left: 0 };
const TICK = { fill: 'currentColor', fontSize: 11 };
const LABEL = { fill: 'currentColor', fontSize: 11.5, offset: 6 };

export const AccuracyLatencyChart = memo(function AccuracyLatencyChart({
  points,
}: {
  readonly points: readonly AccuracyPoint[];
}) {
  const { front, rest } = frontAndRest(points);
  return (
    <ScatterChart responsive style={FILL_PARENT} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid className="chart-grid" vertical={false} />
      <XAxis
        dataKey="latencyMs"
        type="number"
        domain={[0, 'auto']}
        tick={TICK}
        tickFormatter={formatMs}
        tickLine={false}
        stroke="var(--line-strong)"
        height={22}
      />
      <YAxis
        dataKey="percent"
        type="number"
        width={40}
        domain={[0, 100]}
        tick={TICK}
        axisLine={false}
        tickLine={false}
      />
      <Scatter
        data={[...front]}
        line={{ stroke: 'var(--ink)', strokeWidth: 1.5, strokeDasharray: '5 4' }}
        fill="var(--ink)"
        isAnimationActive={false}
      >
        <LabelList dataKey="number" position="top" {...LABEL} />
      </Scatter>
      <Scatter
        data={[...rest]}
        fill="var(--surface)"
        stroke="var(--quiet)"
        strokeWidth={1.5}
        isAnimationActive={false}
      >
        <LabelList dataKey="number" position="top" {...LABEL} />
      </Scatter>
    </ScatterChart>
  );
});
