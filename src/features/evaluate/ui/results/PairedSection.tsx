/** Two results compared picture by picture: the difference with its interval, and whether it exceeds noise. */
import { useCallback, useId, useState } from 'react';
import type { EvaluationResult, PairedComparison } from '../../../../domain/accuracy/evaluation.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import { formatCount, formatPercent } from '../../../../domain/quantity.ts';
import { useEvaluation } from '../evaluation-context.ts';
import { formatPoints, resultWords } from '../evaluation-words.ts';
import { PictureFigures } from './PictureFigures.tsx';
import { useAnswer } from './use-answer.ts';
import styles from '../results.module.css';

interface PairedSectionProps {
  readonly baseline: EvaluationResult;
  readonly other: EvaluationResult;
  readonly onSwap: () => void;
}

const WHAT = 'comparison';
/** Largest differences first; the export has the rest. */
const SHOWN = 20;

export function PairedSection({ baseline, other, onSwap }: PairedSectionProps) {
  const session = useEvaluation();
  const ask = useCallback(() => session.compare(baseline.id, other.id), [session, baseline.id, other.id]);
  const answer = useAnswer(ask, WHAT);
  const id = useId();
  return (
    <section className="view-part" aria-labelledby={id}>
      <div className="details-head">
        <h2 id={id}>Comparison, picture by picture</h2>
        <button type="button" className="button" onClick={onSwap}>
          Swap
        </button>
      </div>
      <p>
        <strong>{resultWords(other)}</strong> against <strong>{resultWords(baseline)}</strong>, the baseline.
      </p>
      {answer.kind === 'waiting' && (
        <p className="quiet" role="status">
          Comparing…
        </p>
      )}
      {answer.kind === 'failed' && (
        <p role="alert">
          <strong>{answer.text.sentence}</strong> {answer.text.nextStep}
        </p>
      )}
      {answer.kind === 'here' &&
        (answer.value === null ? (
          <p>They have no pictures in common. Score both on the same pictures.</p>
        ) : (
          <Compared comparison={answer.value} baselineId={baseline.id} otherId={other.id} />
        ))}
    </section>
  );
}

interface ComparedProps {
  readonly comparison: PairedComparison;
  readonly baselineId: string;
  readonly otherId: string;
}

function Compared({ comparison, baselineId, otherId }: ComparedProps) {
  const { pictures, baseline, other, difference, verdict, better, equal, worse, perPicture, warnings } =
    comparison;
  const [shown, setShown] = useState<string | null>(null);
  return (
    <>
      <p role="status">
        <strong>{verdict}</strong>
      </p>
      {warnings.length > 0 && (
        <ul className="reasons" aria-label="Warnings">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <dl className="facts facts-row">
        <Fact name="pictures in common">{formatCount(pictures)}</Fact>
        <Fact name="baseline, mean IoU">{formatPercent(baseline)} %</Fact>
        <Fact name="other, mean IoU">{formatPercent(other)} %</Fact>
        <Fact name="difference, points">{formatPoints(difference.value)}</Fact>
        <Fact name="95 % interval">
          {formatPoints(difference.low)} to {formatPoints(difference.high)}
        </Fact>
        <Fact name="better / equal / worse">
          {formatCount(better)} / {formatCount(equal)} / {formatCount(worse)}
        </Fact>
      </dl>
      <div className="table-scroll" role="region" aria-label="Pictures that differ most" tabIndex={0}>
        <table className={styles.pairedTable}>
          <caption>Pictures that differ most, mean IoU in percent</caption>
          <thead>
            <tr>
              <th scope="col">picture</th>
              <th scope="col">baseline</th>
              <th scope="col">other</th>
              <th scope="col">difference, points</th>
            </tr>
          </thead>
          <tbody>
            {perPicture.slice(0, SHOWN).map((one) => (
              <tr key={one.name}>
                <th scope="row">
                  <button
                    type="button"
                    className="row-name"
                    aria-pressed={shown === one.name}
                    onClick={() => setShown(shown === one.name ? null : one.name)}
                  >
                    {one.name}
                  </button>
                </th>
                <td>{formatPercent(one.baseline)}</td>
                <td>{formatPercent(one.other)}</td>
                <td>{formatPoints(one.difference)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown !== null && (
        <>
          <h3>{shown}, baseline</h3>
          <PictureFigures resultId={baselineId} name={shown} />
          <h3>{shown}, other</h3>
          <PictureFigures resultId={otherId} name={shown} />
        </>
      )}
    </>
  );
}
