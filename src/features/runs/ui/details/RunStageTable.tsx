/** Statistics per stage over all counted frames of a run, with the thesis's max_1 and max_2. */
import { useMemo } from 'react';
import type { Duration } from '../../../../domain/measuring/run-columns.ts';
import {
  medianIntervalOf,
  rowOf,
  type DurationSummary,
  type RunSummary,
} from '../../../../domain/measuring/run-summary.ts';
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import { STAGES } from '../../../../domain/measuring/stage-timings.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { formatCount, formatMs, formatShare } from '../../../../domain/quantity.ts';
import { ROW_WORDS } from '../../../../ui-kit/wording.ts';
import styles from '../tables.module.css';

const KEYS: readonly Duration[] = [
  ...STAGES.flatMap((stage): Duration[] => (stage === 'capture' ? ['capture', 'wait'] : [stage])),
  'frame',
];
const STATISTICS = [
  ['min', 'min'],
  ['median', 'median'],
  ['mean', 'mean'],
  ['p90', 'p90'],
  ['p95', 'p95'],
  ['p99', 'p99'],
  ['max', 'max'],
  ['max_1', 'max1'],
  ['max_2', 'max2'],
] as const;

interface RunStageTableProps {
  readonly run: RunRecord;
  readonly summary: RunSummary;
}

export function RunStageTable({ run: { columns }, summary }: RunStageTableProps) {
  const intervals = useMemo(
    () => ({ frame: medianIntervalOf(columns, 'frame'), inference: medianIntervalOf(columns, 'inference') }),
    [columns],
  );
  return (
    <section>
      <div className="table-scroll" role="region" aria-label="Stages of the run" tabIndex={0}>
        <table className={classNames('stage-table', styles.runStageTable)}>
          <caption>Milliseconds per stage</caption>
          <thead>
            <tr>
              <th scope="col">stage</th>
              <th scope="col">n</th>
              {STATISTICS.map(([words]) => (
                <th key={words} scope="col">
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {KEYS.map((key) => (
              <Row key={key} name={key} row={rowOf(summary, key)} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">
        {intervals.frame !== null && intervals.inference !== null && (
          <>
            95 % bootstrap intervals of the medians: frame {formatMs(intervals.frame.low)} to{' '}
            {formatMs(intervals.frame.high)} ms, inference {formatMs(intervals.inference.low)} to{' '}
            {formatMs(intervals.inference.high)} ms.{' '}
          </>
        )}
        max_1 is the first counted frame if it was the slowest; max_2 is the slowest of the rest. Percentiles
        are interpolated (type 7).{' '}
        {summary.unaccounted !== null &&
          `${formatShare(summary.unaccounted)} of the median frame is outside any stage.`}
      </p>
    </section>
  );
}

function Row({ name, row }: { readonly name: Duration; readonly row: DurationSummary | null }) {
  return (
    <tr className={`row-${name}`}>
      <th scope="row">
        {name !== 'wait' && name !== 'frame' && (
          <span className="stage-key" style={{ background: `var(--stage-${name})` }} />
        )}
        {ROW_WORDS[name]}
      </th>
      <td>{formatCount(row?.n ?? null)}</td>
      {STATISTICS.map(([words, key]) => (
        <td key={words}>{formatMs(row?.[key] ?? null)}</td>
      ))}
    </tr>
  );
}
