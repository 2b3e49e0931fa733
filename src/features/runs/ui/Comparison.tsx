/** Two selected runs side by side: difference with its interval, and whether it exceeds noise. */
import { useId, useMemo } from 'react';
import {
  COMPARISON_CAVEAT,
  compareRuns,
  type DurationComparison,
  type Estimate,
} from '../../../domain/measuring/run-comparison.ts';
import type { RunRecord } from '../../../domain/measuring/run.ts';
import { formatMs, formatRatio, UNKNOWN } from '../../../domain/quantity.ts';
import { ROW_WORDS } from '../../../ui-kit/wording.ts';
import { useRuns } from './run-context.ts';
import styles from './tables.module.css';

interface ComparisonProps {
  readonly baseline: RunRecord;
  readonly other: RunRecord;
}

export function Comparison({ baseline, other }: ComparisonProps) {
  const session = useRuns();
  const { rows, warnings } = useMemo(() => compareRuns(baseline, other), [baseline, other]);
  const id = useId();
  const telling = rows.filter(({ baselineMs, otherMs }) => baselineMs > 0 || otherMs > 0);
  return (
    <section className="view-part" aria-labelledby={id}>
      <div className="details-head">
        <h2 id={id}>Comparison</h2>
        <button type="button" className="button" onClick={() => session.select([other.id, baseline.id])}>
          Swap
        </button>
      </div>
      <p>
        <strong>{other.name}</strong> against <strong>{baseline.name}</strong>, the baseline.{' '}
        {frameVerdict(rows, baseline, other)}
      </p>
      {warnings.length > 0 && (
        <ul className="reasons" aria-label="Warnings">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <div className="table-scroll" role="region" aria-label="Comparison by stage" tabIndex={0}>
        <table className={styles.comparisonTable}>
          <thead>
            <tr>
              <th scope="col">median, ms</th>
              <th scope="col">baseline</th>
              <th scope="col">other</th>
              <th scope="col">difference, 95 % interval</th>
              <th scope="col">ratio, 95 % interval</th>
              <th scope="col">verdict</th>
            </tr>
          </thead>
          <tbody>
            {telling.map((row) => (
              <tr key={row.key} className={`row-${row.key}`}>
                <th scope="row">{ROW_WORDS[row.key]}</th>
                <td>{formatMs(row.baselineMs)}</td>
                <td>{formatMs(row.otherMs)}</td>
                <td>
                  {signedMs(row.difference.value)}
                  <span className={styles.interval}>
                    {signedMs(row.difference.low)} to {signedMs(row.difference.high)}
                  </span>
                </td>
                <td>{row.ratio === null ? UNKNOWN : <Ratio ratio={row.ratio} />}</td>
                <td className={styles.cellWords}>{verdictWords(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">{COMPARISON_CAVEAT}</p>
    </section>
  );
}

function Ratio({ ratio: { value, low, high } }: { readonly ratio: Estimate }) {
  return (
    <>
      {formatRatio(value)}
      <span className={styles.interval}>
        {formatRatio(low)} to {formatRatio(high)}
      </span>
    </>
  );
}

function signedMs(ms: number): string {
  if (ms === 0) return formatMs(ms);
  return `${ms < 0 ? '−' : '+'}${formatMs(Math.abs(ms))}`;
}

function verdictWords({ distinguishable, difference }: DurationComparison): string {
  if (!distinguishable) return 'within noise';
  return difference.value > 0 ? 'slower' : 'faster';
}

function frameVerdict(rows: readonly DurationComparison[], baseline: RunRecord, other: RunRecord): string {
  const frame = rows.find(({ key }) => key === 'frame');
  if (frame === undefined) {
    const empty = [baseline, other].some(({ columns }) => columns.frame.length === 0);
    return empty ? 'One of the runs has no counted frames.' : 'These runs are not compared.';
  }
  const ms = formatMs(Math.abs(frame.difference.value));
  return frame.distinguishable
    ? `Its median frame is ${ms} ms ${frame.difference.value > 0 ? 'slower' : 'faster'}, more than noise.`
    : `Their median frames differ by ${ms} ms, which is within noise.`;
}
