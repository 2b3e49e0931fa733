/** Latency over time as recharts draws it; loaded late, like every chart. */
import { memo } from 'react';
import { Line, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import { formatMs } from '../../../../domain/quantity.ts';

export interface DriftPoint {
  /** Since the first counted frame was requested, s. */
  readonly seconds: number;
  /** Frame without waiting, ms. */
  readonly busyMs: number;
  /** Linear fit at this frame, ms; null with too few frames. */
  readonly trendMs: number | null;
}

const FILL_PARENT = { width: '100%', height: '100%' };
const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 };
const TICK = { fill: 'currentColor', fontSize: 11 };
/** More dots would touch; a line alone is clearer. */
const DOTS_AT_MOST = 120;
const DOT = { r: 2, fill: 'var(--ink)', strokeWidth: 0 };

export const DriftChart = memo(function DriftChart({ points }: { readonly points: readonly DriftPoint[] }) {
  return (
    <LineChart responsive style={FILL_PARENT} data={[...points]} margin={MARGIN} accessibilityLayer={false}>
      <XAxis
        dataKey="seconds"
        type="number"
        domain={[0, 'dataMax']}
        tick={TICK}
        tickFormatter={(seconds: number) => seconds.toFixed((points.at(-1)?.seconds ?? 0) < 10 ? 1 : 0)}
        tickLine={false}
        stroke="var(--line-strong)"
        height={22}
      />
      <YAxis
        width={44}
        domain={[0, 'auto']}
        tickFormatter={formatMs}
        tick={TICK}
        axisLine={false}
        tickLine={false}
      />
      <ReferenceLine y={0} className="chart-grid" />
      <Line
        dataKey="busyMs"
        stroke="var(--quiet)"
        strokeWidth={1}
        dot={points.length <= DOTS_AT_MOST ? DOT : false}
        activeDot={false}
        isAnimationActive={false}
      />
      <Line
        dataKey="trendMs"
        className="drift-trend"
        stroke="var(--ink)"
        strokeWidth={2}
        strokeDasharray="6 4"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
    </LineChart>
  );
});
