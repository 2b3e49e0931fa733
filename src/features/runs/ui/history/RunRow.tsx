/** One run as a row of the history; drawn anew only when the run or its marks change. */
import { memo } from 'react';
import type { Interval } from '../../../../domain/measuring/bootstrap.ts';
import { reasonsInvalid } from '../../../../domain/measuring/run-validity.ts';
import { placeOf, type RunRecord } from '../../../../domain/measuring/run.ts';
import { CheckIcon, ProblemIcon } from '../../../../ui-kit/icons.tsx';
import { formatCount, formatMoment, formatMs, formatRate } from '../../../../domain/quantity.ts';
import { CheckBox } from '../../../../ui-kit/CheckBox.tsx';
import { failedChecks } from '../run-words.ts';
import { figuresOf } from './run-figures.ts';
import { useIntervals } from './use-intervals.ts';

interface RunRowProps {
  readonly run: RunRecord;
  /** In the whole table, its head being 1. */
  readonly rowIndex: number;
  readonly selected: boolean;
  readonly open: boolean;
  /** False while a run is measured. */
  readonly mayReckon: boolean;
  readonly onSelect: (id: string, selected: boolean) => void;
  readonly onOpen: (id: string) => void;
}

export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { run, rowIndex, selected, open, mayReckon, onSelect, onOpen } = props;
  const { id, name, setup, configuration } = run;
  const { n, frameMs, inferenceMs, p95Ms, rates } = figuresOf(run);
  const intervals = useIntervals(run.columns, mayReckon);
  const { modelName } = configuration.segmenter;
  return (
    <tr className={rowClass(run.validity.valid, open)} aria-rowindex={rowIndex}>
      <td className="cell-check">
        <CheckBox checked={selected} label={`Select ${name}`} onChange={(checked) => onSelect(id, checked)} />
      </td>
      <th scope="row">
        <button
          type="button"
          className="run-name"
          aria-pressed={open}
          title={name}
          onClick={() => onOpen(id)}
        >
          {name}
        </button>
      </th>
      <td className="cell-words" title={modelName}>
        {modelName}
      </td>
      <td className="cell-words">{placeOf(run)}</td>
      <td>{setup.inputSize}</td>
      <td className="cell-words">{setup.pipeline}</td>
      <td className="cell-words" title={configuration.source}>
        {configuration.source}
      </td>
      <td>{formatCount(n)}</td>
      <Median ms={frameMs} interval={intervals?.frame ?? null} />
      <Median ms={inferenceMs} interval={intervals?.inference ?? null} />
      <td>{formatMs(p95Ms)}</td>
      <td>{formatRate(rates.framesPerSecond)}</td>
      <td>{formatRate(rates.modelPerSecond)}</td>
      <Verdict run={run} />
      <td className="cell-words">{formatMoment(run.startedAt)}</td>
    </tr>
  );
});

function Median({ ms, interval }: { readonly ms: number | null; readonly interval: Interval | null }) {
  return (
    <td>
      {formatMs(ms)}
      <span className="interval">
        {interval !== null && ` ${formatMs(interval.low)}–${formatMs(interval.high)}`}
      </span>
    </td>
  );
}

function Verdict({ run }: { readonly run: RunRecord }) {
  if (run.validity.valid) {
    return (
      <td className="cell-verdict">
        <CheckIcon /> valid
      </td>
    );
  }
  const reasons = reasonsInvalid(run.validity).join(' ');
  return (
    <td className="cell-verdict" title={reasons}>
      <ProblemIcon /> <strong>not valid:</strong> {failedChecks(run).join(', ')}
    </td>
  );
}

function rowClass(valid: boolean, open: boolean): string {
  return ['run-row', ...(valid ? [] : ['run-invalid']), ...(open ? ['run-open'] : [])].join(' ');
}
