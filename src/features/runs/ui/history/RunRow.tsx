/** One run as a row of the history; redrawn only when the run or its selection changes. */
import { memo, useEffect, useState } from 'react';
import type { Interval } from '../../../../domain/measuring/bootstrap.ts';
import { medianIntervalOf } from '../../../../domain/measuring/run-summary.ts';
import { reasonsInvalid } from '../../../../domain/measuring/run-validity.ts';
import { placeOf, type RunRecord, type RunColumns } from '../../../../domain/measuring/run.ts';
import { CheckBox } from '../../../../ui-kit/CheckBox.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { CheckIcon, ProblemIcon } from '../../../../ui-kit/icons.tsx';
import { formatCount, formatMoment, formatMs, formatRate } from '../../../../domain/quantity.ts';
import { failedChecks } from '../run-words.ts';
import { figuresOf } from './run-figures.ts';
import styles from '../tables.module.css';

interface RunRowProps {
  readonly run: RunRecord;
  /** In the whole table, its head being 1. */
  readonly rowIndex: number;
  readonly selected: boolean;
  readonly open: boolean;
  /** False while a run is measured. */
  readonly canCompute: boolean;
  readonly onSelect: (id: string, selected: boolean) => void;
  readonly onOpen: (id: string) => void;
}

export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { run, rowIndex, selected, open, canCompute, onSelect, onOpen } = props;
  const { id, name, setup, configuration } = run;
  const { n, frameMs, inferenceMs, p95Ms, rates } = figuresOf(run);
  const intervals = useIntervals(run.columns, canCompute);
  const { modelName } = configuration.segmenter;
  return (
    <tr className={rowClass(run.validity.valid, open)} aria-rowindex={rowIndex}>
      <td className={styles.cellCheck}>
        <CheckBox checked={selected} label={`Select ${name}`} onChange={(checked) => onSelect(id, checked)} />
      </td>
      <th scope="row">
        <button
          type="button"
          className="row-name"
          aria-pressed={open}
          title={name}
          onClick={() => onOpen(id)}
        >
          {name}
        </button>
      </th>
      <td className={styles.cellWords} title={modelName}>
        {modelName}
      </td>
      <td className={styles.cellWords}>{placeOf(run)}</td>
      <td>{setup.inputSize}</td>
      <td className={styles.cellWords}>{setup.pipeline}</td>
      <td className={styles.cellWords} title={configuration.source}>
        {configuration.source}
      </td>
      <td>{formatCount(n)}</td>
      <Median ms={frameMs} interval={intervals?.frame ?? null} />
      <Median ms={inferenceMs} interval={intervals?.inference ?? null} />
      <td>{formatMs(p95Ms)}</td>
      <td>{formatRate(rates.framesPerSecond)}</td>
      <td>{formatRate(rates.modelPerSecond)}</td>
      <Verdict run={run} />
      <td className={styles.cellWords}>{formatMoment(run.startedAt)}</td>
    </tr>
  );
});

function Median({ ms, interval }: { readonly ms: number | null; readonly interval: Interval | null }) {
  return (
    <td>
      {formatMs(ms)}
      <span className={styles.interval}>
        {interval !== null && ` ${formatMs(interval.low)}–${formatMs(interval.high)}`}
      </span>
    </td>
  );
}

function Verdict({ run }: { readonly run: RunRecord }) {
  if (run.validity.valid) {
    return (
      <td className={styles.cellVerdict}>
        <CheckIcon /> valid
      </td>
    );
  }
  const reasons = reasonsInvalid(run.validity).join(' ');
  return (
    <td className={styles.cellVerdict} title={reasons}>
      <ProblemIcon /> <strong>invalid:</strong> {failedChecks(run).join(', ')}
    </td>
  );
}

function rowClass(valid: boolean, open: boolean): string {
  return classNames(styles.runRow, !valid && styles.runInvalid, open && styles.runOpen);
}

interface Intervals {
  /** null for a run without a counted frame. */
  readonly frame: Interval | null;
  readonly inference: Interval | null;
}

const known = new WeakMap<RunColumns, Intervals>();
const waiting = new Map<() => void, RunColumns>();
let timer: ReturnType<typeof setTimeout> | null = null;

/**
 * null until they are computed. Both cost about 4 ms for 1,024 frames (2 shared cores, Node 20): for 200 runs at once,,
 * the page would freeze for most of a second.
 * @param wanted false while a run is measured: the main thread belongs to it
 */
function useIntervals(columns: RunColumns, wanted: boolean): Intervals | null {
  const [, setComputed] = useState<RunColumns | null>(null);
  const intervals = known.get(columns) ?? null;
  const missing = wanted && intervals === null;
  useEffect(() => {
    if (!missing) return;
    const done = () => setComputed(columns);
    waiting.set(done, columns);
    timer ??= setTimeout(computeNext);
    return () => {
      waiting.delete(done);
    };
  }, [columns, missing]);
  return intervals;
}

function computeNext(): void {
  timer = null;
  const next = waiting.entries().next();
  if (next.done === true) return;
  const [done, columns] = next.value;
  waiting.delete(done);
  if (!known.has(columns)) {
    known.set(columns, {
      frame: medianIntervalOf(columns, 'frame'),
      inference: medianIntervalOf(columns, 'inference'),
    });
  }
  done();
  if (waiting.size > 0) timer = setTimeout(computeNext);
}
