/** The stages: a chart with a one-line summary, and a table of statistics over the timing window. */
import { memo, useDeferredValue, useId } from 'react';
import { ACCOUNTED_TOLERANCE, STAGES } from '../../../../domain/measuring/stage-timings.ts';
import type { TimingRow, TimingSnapshot } from '../../../../domain/measuring/timing-snapshot.ts';
import { LazyStageChart, stageSummary } from '../../../../ui-kit/LazyStageChart.tsx';
import { formatCount, formatMs, formatShare } from '../../../../domain/quantity.ts';
import { ROW_WORDS } from '../../../../ui-kit/wording.ts';
import { useTiming } from '../session-context.ts';

export function Stages() {
  return (
    <>
      <StageChartSection />
      <StageTable />
    </>
  );
}

const NO_FRAMES: TimingSnapshot['recent'] = [];

const StageChartSection = memo(function StageChartSection() {
  const snapshot = useTiming((state) => state.snapshot);
  // The chart is the most expensive thing React draws here: deferred, it yields to clicks and to the frame pump.
  const recent = useDeferredValue(snapshot?.recent ?? NO_FRAMES);
  const id = useId();
  return (
    <section className="panel-part">
      <h2>Stages of the last 120 frames</h2>
      <LazyStageChart labelledBy={id} recent={recent} />
      <div className="chart-axis quiet" aria-hidden="true">
        <span>120 frames ago</span>
        <span>ms, stacked</span>
        <span>now</span>
      </div>
      <p id={id} className="quiet chart-summary">
        {snapshot === null ? 'No frame painted yet.' : stageSummary(snapshot)}
      </p>
    </section>
  );
});

const KEYS: readonly TimingRow['key'][] = [
  ...STAGES.flatMap((stage): TimingRow['key'][] => (stage === 'capture' ? ['capture', 'wait'] : [stage])),
  'frame',
];
const STATISTICS = ['last', 'min', 'median', 'mean', 'p90', 'p95', 'p99', 'max'] as const;
const NO_ROWS: readonly TimingRow[] = [];

const StageTable = memo(function StageTable() {
  const rows = useTiming((state) => state.snapshot?.rows ?? NO_ROWS);
  const unaccounted01 = useTiming((state) => state.snapshot?.unaccounted01 ?? 0);
  return (
    <section className="panel-part">
      <div className="table-scroll" role="region" aria-label="Stage table" tabIndex={0}>
        <table className="stage-table">
          <caption>Milliseconds per stage</caption>
          <thead>
            <tr>
              <th scope="col">stage</th>
              <th scope="col">n</th>
              {STATISTICS.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {KEYS.map((key) => (
              <Row key={key} name={key} row={rows.find((row) => row.key === key) ?? null} />
            ))}
          </tbody>
        </table>
      </div>
      {unaccounted01 > ACCOUNTED_TOLERANCE && (
        <p className="panel-warning">
          The stages do not add up: {formatShare(unaccounted01)} of the median frame time is unaccounted for.
        </p>
      )}
    </section>
  );
});

function Row({ name, row }: { readonly name: TimingRow['key']; readonly row: TimingRow | null }) {
  return (
    <tr className={`row-${name}`}>
      <th scope="row">
        {name !== 'wait' && name !== 'frame' && (
          <span className="stage-key" style={{ background: `var(--stage-${name})` }} />
        )}
        {ROW_WORDS[name]}
      </th>
      <td>{formatCount(row?.n ?? null)}</td>
      {STATISTICS.map((statistic) => (
        <td key={statistic}>{formatMs(row?.[statistic] ?? null)}</td>
      ))}
    </tr>
  );
}
