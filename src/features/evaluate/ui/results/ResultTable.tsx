/** Every configuration that was scored, one line each, with its interval, its speed and what was published. */
import { memo } from 'react';
import type { EvaluationResult } from '../../../../domain/accuracy/evaluation.ts';
import { ProblemIcon } from '../../../../ui-kit/icons.tsx';
import { formatCount, formatMoment, formatMs, formatPercent, UNKNOWN } from '../../../../domain/quantity.ts';
import { CheckBox } from '../../../../ui-kit/CheckBox.tsx';
import { dataSetWords, formatInterval, resultWords } from '../evaluation-words.ts';

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
  { words: 'all classes, %', title: 'a class that only the prediction has counts as 0' },
  { words: 'published, %', title: 'mean IoU as its publisher prints it' },
  { words: 'pixel acc., %', title: 'share of the pixels that are right' },
  { words: 'freq. IoU, %', title: 'IoU weighted by the pixels of the class' },
  { words: 'boundary F, %', title: 'mean over classes, tolerance 0.75 % of the diagonal' },
  { words: 'inference, ms', title: 'median' },
  { words: 'picture, ms', title: 'median, from bitmap to label map' },
];

export function ResultTable({ results, selected, openId, onSelect, onOpen }: ResultTableProps) {
  return (
    <div className="table-scroll result-scroll" role="region" aria-label="Table of results" tabIndex={0}>
      <table className="result-table">
        <thead>
          <tr>
            <td className="cell-check" />
            <th scope="col">no.</th>
            <th scope="col" className="cell-words">
              configuration
            </th>
            {HEADS.map(({ words, title }) => (
              <th key={words} scope="col" title={title}>
                {words}
              </th>
            ))}
            <th scope="col" className="cell-words">
              pictures
            </th>
            <th scope="col" className="cell-words">
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
    <tr className={open ? 'result-row run-open' : 'result-row'}>
      <td className="cell-check">
        <CheckBox
          checked={selected}
          label={`Select no. ${number}, ${name}`}
          onChange={(checked) => onSelect(id, checked)}
        />
      </td>
      <td>{number}</td>
      <th scope="row" className="cell-words">
        <button type="button" className="run-name" aria-pressed={open} onClick={() => onOpen(id)}>
          {name}
        </button>
        {leak !== null && (
          <span className="result-note" title={leak}>
            <ProblemIcon /> {leak}
          </span>
        )}
        {state === 'partial' && <span className="result-note">partial: not all pictures were scored</span>}
      </th>
      <td>
        {formatCount(result.scored)} of {formatCount(result.planned)}
      </td>
      <td>
        <strong>{formatPercent(meanIou?.value ?? null)}</strong>
        <span className="result-interval">{meanIou !== null && formatInterval(meanIou)}</span>
      </td>
      <td>{formatPercent(meanIouAll?.value ?? null)}</td>
      <td title={published?.protocol}>
        {published === null ? UNKNOWN : formatPercent(published.meanIou)}
        {published !== null && <span className="result-interval">on {published.split}</span>}
      </td>
      <td>{formatPercent(pixelAccuracy?.value ?? null)}</td>
      <td>{formatPercent(frequencyWeightedIou)}</td>
      <td>{formatPercent(boundaryF)}</td>
      <td>{formatMs(latency?.inferenceMs ?? null)}</td>
      <td>{formatMs(latency?.segmentMs ?? null)}</td>
      <td className="cell-words">{dataSetWords(result)}</td>
      <td className="cell-words">{formatMoment(result.startedAt)}</td>
    </tr>
  );
});
