/** The pre-processing lab: how each selected configuration changes the first one's labels and mean IoU. */
import { useCallback, useId, useState } from 'react';
import type { AxisDisplacement } from '../../../../domain/accuracy/border-displacement.ts';
import type {
  EvaluationResult,
  LabelChange,
  PairedComparison,
} from '../../../../domain/accuracy/evaluation.ts';
import { describeProblem, problemOf } from '../../../../domain/problems/problem.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { formatCount, UNKNOWN, formatPercent } from '../../../../domain/quantity.ts';
import { saveFile } from '../../../../ui-kit/save-file.ts';
import { useEvaluation } from '../evaluation-context.ts';
import { formatPixels, formatPoints, resultWords } from '../evaluation-words.ts';
import { useAnswer } from './use-answer.ts';
import styles from '../results.module.css';

interface LabSectionProps {
  readonly baseline: EvaluationResult;
  /** At least one. */
  readonly others: readonly EvaluationResult[];
}

const WHAT = 'pre-processing lab';

const HEADS: readonly { readonly words: string; readonly title: string }[] = [
  { words: 'mean IoU, %', title: 'Of all pictures scored with this configuration' },
  { words: 'difference, points', title: 'On the pictures in common, with its 95 % interval over pictures' },
  { words: 'agreement, %', title: 'Share of the pixels with the same label, where neither is void' },
  { words: 'left, px', title: 'Median shift of the class borders to the right, left third of the pictures' },
  { words: 'middle, px', title: 'The same in the middle third' },
  { words: 'right, px', title: 'The same in the right third' },
  { words: 'top, px', title: 'Median shift of the class borders down, upper third of the pictures' },
  { words: 'middle, px', title: 'The same in the middle third, downwards' },
  { words: 'bottom, px', title: 'The same in the lower third' },
  {
    words: 'borders apart, px',
    title: 'Mean distance of the class borders along the rows, in either direction',
  },
  { words: 'pictures', title: 'Pictures in common whose labels were compared' },
];

export function LabSection({ baseline, others }: LabSectionProps) {
  const id = useId();
  return (
    <section className="view-part" aria-labelledby={id}>
      <div className="details-head">
        <h2 id={id}>Pre-processing lab</h2>
        <SaveLab baseline={baseline} others={others} />
      </div>
      <p className="quiet">
        Compares each selected result with <strong>{resultWords(baseline)}</strong>, the first one selected. A
        shift says how far class borders move, in picture pixels; + is right or down. A displaced label map
        shifts the same everywhere; a wrongly scaled one shifts more from third to third.
      </p>
      <div className="table-scroll" role="region" aria-label="Changes to the labels" tabIndex={0}>
        <table className={styles.labTable}>
          <thead>
            <tr>
              <th scope="col" className={styles.cellWords}>
                configuration
              </th>
              <th scope="col" className={styles.cellWords}>
                weights
              </th>
              {HEADS.map(({ words, title }) => (
                <th key={title} scope="col" title={title}>
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row" className={styles.cellWords}>
                {resultWords(baseline)}
              </th>
              <td className={styles.cellWords}>{baseline.description.precision}</td>
              <td>{formatPercent(baseline.figures.meanIou?.value ?? null)}</td>
              <td colSpan={HEADS.length - 1} className={classNames('quiet', styles.cellWords)}>
                the baseline
              </td>
            </tr>
            {others.map((other) => (
              <LabRow key={other.id} baseline={baseline} other={other} />
            ))}
          </tbody>
        </table>
      </div>
      {[baseline, ...others].some(({ setup }) => setup.preprocessing === 'crop') && (
        <p className="quiet">
          With crop, only the centre of each picture is scored, so part of the difference in mean IoU comes
          from counting other pixels.
        </p>
      )}
    </section>
  );
}

interface LabRowProps {
  readonly baseline: EvaluationResult;
  readonly other: EvaluationResult;
}

function LabRow({ baseline, other }: LabRowProps) {
  const session = useEvaluation();
  const ask = useCallback(
    () =>
      Promise.all([
        session.compare(baseline.id, other.id),
        session.labelChange(baseline.id, other.id),
      ] as const),
    [session, baseline.id, other.id],
  );
  const answer = useAnswer(ask, WHAT);
  return (
    <tr>
      <th scope="row" className={styles.cellWords}>
        {resultWords(other)}
      </th>
      <td className={styles.cellWords}>{other.description.precision}</td>
      <td>{formatPercent(other.figures.meanIou?.value ?? null)}</td>
      {answer.kind === 'waiting' && (
        <td colSpan={HEADS.length - 1} className={classNames('quiet', styles.cellWords)}>
          comparing…
        </td>
      )}
      {answer.kind === 'failed' && (
        <td colSpan={HEADS.length - 1} className={styles.cellWords}>
          {answer.text.sentence} {answer.text.nextStep}
        </td>
      )}
      {answer.kind === 'here' && <LabCells compared={answer.value[0]} change={answer.value[1]} />}
    </tr>
  );
}

interface LabCellsProps {
  readonly compared: PairedComparison | null;
  readonly change: LabelChange | null;
}

function LabCells({ compared, change }: LabCellsProps) {
  if (change === null) {
    return (
      <td colSpan={HEADS.length - 1} className={styles.cellWords}>
        no pictures in common
      </td>
    );
  }
  return (
    <>
      <td>
        {compared === null ? UNKNOWN : formatPoints(compared.difference.value)}
        {compared !== null && (
          <span className={styles.resultInterval}>
            {formatPoints(compared.difference.low)} to {formatPoints(compared.difference.high)}
          </span>
        )}
      </td>
      <td>{formatPercent(change.agreement01)}</td>
      <Thirds axis={change.x} />
      <Thirds axis={change.y} />
      <td>{formatPixels(change.x.meanDistance, false)}</td>
      <td>{formatCount(change.pictures)}</td>
    </>
  );
}

function Thirds({ axis: { thirds } }: { readonly axis: AxisDisplacement }) {
  const [first, middle, last] = thirds;
  return (
    <>
      <td>{formatPixels(first)}</td>
      <td>{formatPixels(middle)}</td>
      <td>{formatPixels(last)}</td>
    </>
  );
}

function SaveLab({ baseline, others }: LabSectionProps) {
  const session = useEvaluation();
  const [outcome, setOutcome] = useState('');
  return (
    <>
      <p className="quiet" role="status">
        {outcome}
      </p>
      <button
        type="button"
        className="button"
        onClick={() => {
          session
            .exportLab(
              baseline.id,
              others.map((other) => other.id),
            )
            .then(
              (file) => {
                saveFile(file);
                setOutcome(`Saved ${file.fileName}.`);
              },
              (error: unknown) => {
                const problem = problemOf(error, (detail) => ({
                  kind: 'export-failed',
                  what: 'CSV',
                  detail,
                }));
                const { sentence, nextStep } = describeProblem(problem);
                setOutcome(`${sentence} ${nextStep}`);
              },
            );
        }}
      >
        Save as CSV
      </button>
    </>
  );
}
