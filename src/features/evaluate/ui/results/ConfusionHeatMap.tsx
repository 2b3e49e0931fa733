/** Which classes are taken for which: a grid of shades, reachable by arrow keys, each cell opening its pictures. */
import { useId, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { ClassAccuracy, EvaluationResult } from '../../../../domain/accuracy/evaluation.ts';
import { colormapOf, cssColor } from '../../../../domain/labels/colormap.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { formatCount, formatShare, counted } from '../../../../domain/quantity.ts';
import { cellWords, heatMapOf, shadeOf, type HeatCell } from './heat-map.ts';
import styles from '../results.module.css';

interface ConfusionHeatMapProps {
  readonly result: EvaluationResult;
  /** The cell whose pictures are shown; null: none. */
  readonly chosen: { readonly truth: number; readonly predicted: number } | null;
  readonly onChoose: (truth: number, predicted: number) => void;
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

export function ConfusionHeatMap({ result, chosen, onChoose }: ConfusionHeatMapProps) {
  const { classes, cells, leftOut } = heatMapOf(result);
  const colormap = colormapOf(result.description.classList);
  const [at, setAt] = useState<readonly [row: number, column: number]>([0, 0]);
  const grid = useRef<HTMLTableElement>(null);
  const id = useId();

  const nameOf = (index: number) => result.figures.classes[index]?.name ?? String(index);
  const wordsOf = ({ truth, predicted, pixels, share01 }: HeatCell) => {
    const pair = `${nameOf(truth)} seen as ${nameOf(predicted)}`;
    return share01 === null
      ? `${pair}: n/a, no pixel of ${nameOf(truth)} in the truth`
      : `${pair}: ${formatShare(share01)} of its pixels (${formatCount(pixels)})`;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const cell = cells[at[0]]?.[at[1]];
    if ((event.key === 'Enter' || event.key === ' ') && cell !== undefined) {
      event.preventDefault();
      onChoose(cell.truth, cell.predicted);
    }
    if (step === undefined) return;
    // The arrow keys would scroll the page.
    event.preventDefault();
    const within = (value: number) => Math.min(classes.length - 1, Math.max(0, value));
    const row = within(at[0] + step[0]);
    const column = within(at[1] + step[1]);
    setAt([row, column]);
    grid.current?.querySelector<HTMLElement>(`[data-at="${row} ${column}"]`)?.focus();
  };
  const current = cells[at[0]]?.[at[1]];
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>Confusion matrix</h3>
      <p className="quiet">
        Rows are truth, columns are prediction, in percent of the row&apos;s pixels. Arrow keys move; Enter or
        a click shows the pictures behind a cell.
        {leftOut > 0 && ` Not shown: ${counted(leftOut, 'class', 'classes')} with fewer pixels.`}
      </p>
      <div className={styles.heatScroll}>
        <table
          ref={grid}
          className={styles.heatMap}
          role="grid"
          aria-label="Confusion matrix, rows are truth, columns are prediction"
        >
          <Head classes={classes} />
          <tbody>
            {cells.map((row, rowAt) => {
              const truth = classes[rowAt];
              if (truth === undefined) return null;
              return (
                <tr key={truth.index} className={truth.truthPixels === 0 ? styles.heatAbsent : undefined}>
                  <RowHeader name={truth.name} color={cssColor(colormap[truth.index] ?? [0, 0, 0])} />
                  {row.map((cell, columnAt) => (
                    <td
                      key={cell.predicted}
                      role="gridcell"
                      data-at={`${rowAt} ${columnAt}`}
                      tabIndex={rowAt === at[0] && columnAt === at[1] ? 0 : -1}
                      aria-label={wordsOf(cell)}
                      aria-selected={chosen?.truth === cell.truth && chosen.predicted === cell.predicted}
                      className={cellClass(cell)}
                      style={shadeStyle(cell.share01)}
                      onFocus={() => setAt([rowAt, columnAt])}
                      onMouseEnter={() => setAt([rowAt, columnAt])}
                      onClick={() => onChoose(cell.truth, cell.predicted)}
                      onKeyDown={onKeyDown}
                    >
                      {cellWords(cell.share01)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={styles.heatReadout} aria-hidden="true">
        {current === undefined ? '' : wordsOf(current)}
      </p>
    </section>
  );
}

function Head({ classes }: { readonly classes: readonly ClassAccuracy[] }) {
  return (
    <thead>
      <tr>
        <td />
        {classes.map(({ index, name }) => (
          <th key={index} scope="col">
            <span>{name}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function RowHeader({ name, color }: { readonly name: string; readonly color: string }) {
  return (
    <th scope="row">
      <span className="swatch" style={{ background: color }} /> {name}
    </th>
  );
}

function cellClass({ truth, predicted, share01 }: HeatCell): string {
  const inverse = share01 !== null && shadeOf(share01).inverse;
  return classNames(styles.heatCell, truth === predicted && styles.heatHit, inverse && styles.heatInverse);
}

const shadeStyle = (share01: number | null): CSSProperties =>
  share01 === null
    ? {}
    : { background: `color-mix(in srgb, var(--ink) ${shadeOf(share01).ink}%, var(--surface))` };
