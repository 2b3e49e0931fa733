/** Published figures beside a run's own: the thesis's tables, coral.ai, the model zoo, each with its warnings. */
import { useId, useMemo } from 'react';
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import {
  accuracyFor,
  noReferencesBecause,
  referencesFor,
  type AccuracyReference,
  type ReferenceRow,
} from '../../../../domain/published/reference-figures.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { formatMs, formatRatio, formatPercent } from '../../../../domain/quantity.ts';
import styles from '../runs.module.css';
import tableStyles from '../tables.module.css';

export function References({ run }: { readonly run: RunRecord }) {
  const rows = useMemo(() => referencesFor(run), [run]);
  const accuracy = useMemo(() => accuracyFor(run), [run]);
  const id = useId();
  const because = noReferencesBecause(run);
  if (because !== null) {
    return (
      <section className={styles.references} aria-labelledby={id}>
        <h3 id={id}>This run and published figures</h3>
        <p>{because}</p>
      </section>
    );
  }
  return (
    <section className={styles.references} aria-labelledby={id}>
      <h3 id={id}>This run and published figures</h3>
      {accuracy !== null && <Accuracy accuracy={accuracy} />}
      <div className="table-scroll" role="region" aria-label="Published figures" tabIndex={0}>
        <table className={tableStyles.referenceTable}>
          <thead>
            <tr>
              <th scope="col">stage</th>
              <th scope="col">model</th>
              <th scope="col">device</th>
              <th scope="col">statistic</th>
              <th scope="col">published, ms</th>
              <th scope="col">this run, ms</th>
              <th scope="col">ratio</th>
              <th scope="col">source and differences</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <Row key={index} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">Ratio: this run divided by the published figure. Above 1, this run is slower.</p>
    </section>
  );
}

function Row({ row: { figure, runMs, runValue, ratio, warnings } }: { readonly row: ReferenceRow }) {
  return (
    <tr>
      <th scope="row">{figure.stage}</th>
      <td className={tableStyles.cellWords}>{figure.model}</td>
      <td className={classNames(tableStyles.cellWords, tableStyles.cellWrap)}>{figure.device}</td>
      <td className={tableStyles.cellWords}>{figure.statistic}</td>
      <td>{formatMs(figure.ms)}</td>
      <td>
        {formatMs(runMs)}
        <span className={tableStyles.interval}>{runValue}</span>
      </td>
      <td>{formatRatio(ratio)}</td>
      <td className={classNames(tableStyles.cellWords, tableStyles.cellWrap)}>
        {figure.citation}
        {warnings.length > 0 && (
          <details>
            <summary>{warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`}</summary>
            <ul>
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </details>
        )}
      </td>
    </tr>
  );
}

function Accuracy({ accuracy }: { readonly accuracy: AccuracyReference }) {
  const { meanIoU, dataSet, split, protocol, source, multiplyAdds, warnings } = accuracy;
  return (
    <p>
      Published accuracy of this model: mean IoU {formatPercent(meanIoU)} % on {dataSet} {split} ({protocol})
      {multiplyAdds !== null && `; ${(multiplyAdds.count / 1e9).toFixed(2)} billion Multiply-Adds`}.{' '}
      <span className="quiet">
        {source}. {warnings.join(' ')}
      </span>
    </p>
  );
}
