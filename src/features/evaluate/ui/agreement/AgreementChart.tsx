/** Agreement over time as recharts draws it; loaded late, like every chart. */
import { memo } from 'react';
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts';
import type { AgreementPoint } from '../../agreement-store.ts';

const FILL_PARENT = { width: '100%', height: '100%' };
const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 };
const TICK = { fill: 'currentColor', fontSize: 11 };

export const AgreementChart = memo(function AgreementChart({
  history,
}: {
  readonly history: readonly AgreementPoint[];
}) {
  const points = history.map(({ seconds, agreement01 }) => ({ seconds, percent: agreement01 * 100 }));
  return (
    <LineChart responsive style={FILL_PARENT} data={points} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid className="chart-grid" vertical={false} />
      <XAxis
        dataKey="seconds"
        type="number"
        domain={[0, 'dataMax']}
        tick={TICK}
        tickFormatter={(seconds: number) => seconds.toFixed(seconds < 10 ? 1 : 0)}
        tickLine={false}
        stroke="var(--line-strong)"
        height={22}
      />
      <YAxis width={40} domain={[0, 100]} tick={TICK} axisLine={false} tickLine={false} />
      <Line
        dataKey="percent"
        stroke="var(--ink)"
        strokeWidth={1.5}
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
    </LineChart>
  );
});
