/** The history as a table: sortable by every column; rows can be selected and opened. */
import { memo, useCallback, useEffect, useState } from 'react';
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import { CheckBox } from '../../../../ui-kit/CheckBox.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { useRunState, useRuns } from '../run-context.ts';
import { RunRow } from './RunRow.tsx';
import { COLUMNS, nextOrder, type Column, type RunOrder } from './run-order.ts';
import styles from '../tables.module.css';

const HEADINGS: Readonly<Record<Column, { readonly words: string; readonly full?: string }>> = {
  name: { words: 'run' },
  model: { words: 'model' },
  backend: { words: 'backend' },
  size: { words: 'px', full: 'input size, px' },
  pipeline: { words: 'pipeline' },
  source: { words: 'source' },
  n: { words: 'n', full: 'counted frames' },
  frame: { words: 'frame, ms', full: 'median frame with its 95 % bootstrap interval, ms' },
  inference: { words: 'inference, ms', full: 'median inference with its 95 % bootstrap interval, ms' },
  p95: { words: 'p95', full: '95th percentile of the frame, ms' },
  framesPerSecond: { words: 'frames/s', full: 'frames per second end to end' },
  modelPerSecond: { words: 'model/s', full: 'model rate: 1000 / median inference' },
  valid: { words: 'verdict' },
  date: { words: 'started' },
};

interface RunTableProps {
  /** In the order in which they are shown. */
  readonly runs: readonly RunRecord[];
  readonly order: RunOrder;
  readonly openId: string | null;
  readonly onOrder: (order: RunOrder) => void;
  readonly onOpen: (id: string) => void;
}

export const RunTable = memo(function RunTable({ runs, order, openId, onOrder, onOpen }: RunTableProps) {
  const session = useRuns();
  const selected = useRunState((state) => state.selected);
  const canCompute = useRunState((state) => state.progress.kind === 'idle');
  const { first, end, rowPx, ref } = useRowWindow(runs.length);
  const marked = new Set(selected);
  const shownMarked = runs.filter(({ id }) => marked.has(id)).length;
  const select = useCallback(
    (id: string, on: boolean) => {
      const others = session.runs.getState().selected.filter((other) => other !== id);
      session.select(on ? [...others, id] : others);
    },
    [session],
  );
  return (
    <div
      ref={ref}
      className={classNames('table-scroll', styles.runScroll)}
      role="region"
      aria-label="Table of runs"
      tabIndex={0}
    >
      <table className={styles.runTable} aria-rowcount={runs.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <td className={styles.cellCheck}>
              <CheckBox
                label="Select all shown"
                checked={runs.length > 0 && shownMarked === runs.length}
                some={shownMarked > 0 && shownMarked < runs.length}
                onChange={(on) => session.select(on ? runs.map(({ id }) => id) : [])}
              />
            </td>
            {COLUMNS.map((column) => (
              <Heading key={column} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={first} rowPx={rowPx} />
          {runs.slice(first, end).map((run, index) => (
            <RunRow
              key={run.id}
              rowIndex={first + index + 2}
              run={run}
              selected={marked.has(run.id)}
              open={run.id === openId}
              canCompute={canCompute}
              onSelect={select}
              onOpen={onOpen}
            />
          ))}
          <Space rows={runs.length - end} rowPx={rowPx} />
        </tbody>
      </table>
    </div>
  );
});

/** Takes the space of the rows out of sight, so that the scroll bar shows the full length. */
function Space({ rows, rowPx }: { readonly rows: number; readonly rowPx: number }) {
  if (rows <= 0) return null;
  return (
    <tr className={styles.runSpace} aria-hidden="true">
      <td colSpan={COLUMNS.length + 1} style={{ height: rows * rowPx }} />
    </tr>
  );
}

interface HeadingProps {
  readonly column: Column;
  readonly order: RunOrder;
  readonly onOrder: (order: RunOrder) => void;
}

function Heading({ column, order, onOrder }: HeadingProps) {
  const { words, full } = HEADINGS[column];
  const sorted = order.column === column ? (order.descending ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" className={styles[`column-${column}`]} aria-sort={sorted}>
      <button
        type="button"
        className={styles.heading}
        title={full ?? words}
        onClick={() => onOrder(nextOrder(order, column))}
      >
        {words}
        <span aria-hidden="true" className={styles.sortMark}>
          {sorted === 'none' ? '' : sorted === 'descending' ? '↓' : '↑'}
        </span>
      </button>
    </th>
  );
}

interface Box {
  /** First row in sight. */
  readonly top: number;
  /** Rows that fit. */
  readonly rows: number;
  readonly rowPx: number;
}

interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  readonly rowPx: number;
  /** Of the element that scrolls. */
  readonly ref: (region: HTMLElement | null) => void;
}

/** Drawn beyond either edge, so that scrolling and the tab key always find a next row. */
const BEYOND = 8;

/** All rows have the same height; it is measured on the first one. */
function useRowWindow(count: number): RowWindow {
  const [region, setRegion] = useState<HTMLElement | null>(null);
  const [box, setBox] = useState<Box>({ top: 0, rows: 24, rowPx: 27 });
  useEffect(() => {
    if (region === null) return;
    const measure = () =>
      setBox((before) => {
        // A hidden view has no height, so its rows cannot be measured.
        const rowPx =
          region.querySelector<HTMLElement>('tr:has(> th[scope=row])')?.offsetHeight || before.rowPx;
        const top = Math.floor(region.scrollTop / rowPx);
        const rows = Math.ceil(region.clientHeight / rowPx);
        const same = before.top === top && before.rows === rows && before.rowPx === rowPx;
        return same ? before : { top, rows, rowPx };
      });
    const resized = new ResizeObserver(measure);
    resized.observe(region);
    region.addEventListener('scroll', measure, { passive: true });
    return () => {
      resized.disconnect();
      region.removeEventListener('scroll', measure);
    };
  }, [region]);
  const first = Math.max(0, Math.min(box.top - BEYOND, count - box.rows - BEYOND));
  const end = Math.min(count, box.top + box.rows + BEYOND);
  return { first, end, rowPx: box.rowPx, ref: setRegion };
}
