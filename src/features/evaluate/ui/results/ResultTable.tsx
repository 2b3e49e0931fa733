/** Every configuration that was scored, one line each, with its interval, its speed and what was published. */
import { memo } from 'react';
import type { EvaluationResult } from '../../../../domain/accuracy/evaluation.ts';
import { CheckBox } from '../../../../ui-kit/CheckBox.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { ProblemIcon } from '../../../../ui-kit/icons.tsx';
import { UNKNOWN, formatCount, formatMoment, formatMs, formatPercent } from '../../../../domain/quantity.ts';
import { dataSetWords, formatInterval, resultWords } from '../evaluation-words.ts';
import styles from '../results.module.css';

interface ResultTableProps {
  readonly results: readonly EvaluationResult[];
  readonly selected: readonly string[];
  readonly openId: string | null;
  readonly onSelect: (id: string, selected: boolean) => void;
  readonly onOpen: (id: string) => void;
}

const HEADS: readonly { readonly words: string; readonly title: string }[] = [
  { words: 'pictures scored', title: 'of those planned' },
  { words: 'mean IoU, %', title: 'over the classes present, with its 95 % bootstrap interval over pictures' },
  { words: 'all classes, %', title: 'classes found only in the prediction count as 0' },
  { words: 'published, %', title: 'mean IoU as published' },
  { words: 'pixel acc., %', title: 'share of correctly labelled pixels' },
  { words: 'freq. IoU, %', title: 'IoU weighted by class frequency' },
  { words: 'boundary F, %', title: 'mean over classes, tolerance 0.75 % of the diagonal' },
  { words: 'inference, ms', title: 'median' },
  { words: 'picture, ms', title: 'median, from bitmap to label map' },
];

export function ResultTable({ results, selected, openId, onSelect, onOpen }: ResultTableProps) {
  return (
    <div
      className={classNames('table-scroll', styles.resultScroll)}
      role="region"
      aria-label="Table of results"
      tabIndex={0}
    >
      <table className={styles.resultTable}>
        <thead>
          <tr>
            <td className={styles.cellCheck} />
            <th scope="col">no.</th>
            <th scope="col" className={styles.cellWords}>
              configuration
            </th>
            {HEADS.map(({ words, title }) => (
              <th key={words} scope="col" title={title}>
                {words}
              </th>
            ))}
            <th scope="col" className={styles.cellWords}>
              pictures
            </th>
            <th scope="col" className={styles.cellWords}>
              date
            </th>
          </tr>
        </thead>
        <tbody>
          {results.map((result, index) => (
            <ResultRow
              key={result.id}
              result={result}
              number={index + 1}
              selected={selected.includes(result.id)}
              open={result.id === openId}
              onSelect={onSelect}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ResultRowProps extends Pick<ResultTableProps, 'onSelect' | 'onOpen'> {
  readonly result: EvaluationResult;
  readonly number: number;
  readonly selected: boolean;
  readonly open: boolean;
}

const ResultRow = memo(function ResultRow(props: ResultRowProps) {
  const { result, number, selected, open, onSelect, onOpen } = props;
  const { id, figures, latency, published, leak, state } = result;
  const { meanIou, meanIouAll, pixelAccuracy, frequencyWeightedIou, boundaryF } = figures;
  const name = resultWords(result);
  return (
    <tr className={classNames(styles.resultRow, open && styles.resultOpen)}>
      <td className={styles.cellCheck}>
        <CheckBox
          checked={selected}
          label={`Select no. ${number}, ${name}`}
          onChange={(checked) => onSelect(id, checked)}
        />
      </td>
      <td>{number}</td>
      <th scope="row" className={styles.cellWords}>
        <button type="button" className="row-name" aria-pressed={open} onClick={() => onOpen(id)}>
          {name}
        </button>
        {leak !== null && (
          <span className={styles.resultNote} title={leak}>
            <ProblemIcon /> {leak}
          </span>
        )}
        {state === 'partial' && (
          <span className={styles.resultNote}>partial: not all pictures were scored</span>
        )}
      </th>
      <td>
        {formatCount(result.scored)} of {formatCount(result.planned)}
      </td>
      <td>
        <strong>{formatPercent(meanIou?.value ?? null)}</strong>
        <span className={styles.resultInterval}>{meanIou !== null && formatInterval(meanIou)}</span>
      </td>
      <td>{formatPercent(meanIouAll?.value ?? null)}</td>
      <td title={published?.protocol}>
        {published === null ? UNKNOWN : formatPercent(published.meanIou)}
        {published !== null && <span className={styles.resultInterval}>on {published.split}</span>}
      </td>
      <td>{formatPercent(pixelAccuracy?.value ?? null)}</td>
      <td>{formatPercent(frequencyWeightedIou)}</td>
      <td>{formatPercent(boundaryF)}</td>
      <td>{formatMs(latency?.inferenceMs ?? null)}</td>
      <td>{formatMs(latency?.segmentMs ?? null)}</td>
      <td className={styles.cellWords}>{dataSetWords(result)}</td>
      <td className={styles.cellWords}>{formatMoment(result.startedAt)}</td>
    </tr>
  );
});
