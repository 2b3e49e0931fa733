/** Everything about one result: figures, classes, confusions and pictures. */
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { EvaluationResult, RankedPicture } from '../../../../domain/accuracy/evaluation.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { CloseIcon } from '../../../../ui-kit/icons.tsx';
import {
  formatCount,
  formatMoment,
  formatMsUnit,
  formatShare,
  formatPercent,
} from '../../../../domain/quantity.ts';
import { SkippedList } from '../data-set/SkippedList.tsx';
import { useEvaluation } from '../evaluation-context.ts';
import { dataSetWords, formatInterval, resultWords } from '../evaluation-words.ts';
import { ClassTable } from './ClassTable.tsx';
import { ConfusionHeatMap } from './ConfusionHeatMap.tsx';
import { PictureFigures } from './PictureFigures.tsx';
import { PictureList } from './PictureList.tsx';
import { useAnswer } from './use-answer.ts';
import styles from '../results.module.css';

interface ResultDetailsProps {
  readonly result: EvaluationResult;
  readonly onClose: () => void;
}

export function ResultDetails({ result, onClose }: ResultDetailsProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  // The details open far below the clicked row: moving the focus scrolls there.
  useEffect(() => {
    heading.current?.focus();
  }, [result.id]);
  return (
    <section className="view-part" aria-labelledby={id}>
      <div className="details-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {resultWords(result)}
        </h2>
        <button
          type="button"
          className="button button-square"
          aria-label="Close the details"
          onClick={onClose}
        >
          <CloseIcon />
        </button>
      </div>
      <p className="quiet">
        {dataSetWords(result)}, started {formatMoment(result.startedAt)}.
      </p>
      {result.leak !== null && (
        <p className="panel-warning" role="note">
          <strong>{result.leak}</strong>
        </p>
      )}
      <Figures result={result} />
      <div className={styles.resultColumns}>
        <ClassTable result={result} />
        <Confusions key={result.id} result={result} />
      </div>
      <Ranked key={`ranked ${result.id}`} result={result} />
      {result.skipped.length > 0 && (
        <SkippedList
          skipped={result.skipped}
          title={`${formatCount(result.skipped.length)} skipped while scoring`}
          resultIds={[result.id]}
        />
      )}
    </section>
  );
}

function Figures({
  result: { figures, latency, totals, published, scored, planned, state },
}: {
  readonly result: EvaluationResult;
}) {
  const { meanIou, meanIouAll, pixelAccuracy, frequencyWeightedIou, boundaryF, classes } = figures;
  const present = classes.filter(({ iou }) => iou !== null).length;
  return (
    <>
      <dl className={classNames('facts facts-row', styles.resultFigures)}>
        <Fact name={`mean IoU, ${present} classes present`}>
          <strong>{formatPercent(meanIou?.value ?? null)} %</strong>
          {meanIou !== null && <span className={styles.resultInterval}>95 %: {formatInterval(meanIou)}</span>}
        </Fact>
        <Fact name={`mean IoU, all ${classes.length} classes`}>
          {formatPercent(meanIouAll?.value ?? null)} %
          {meanIouAll !== null && (
            <span className={styles.resultInterval}>
              {meanIouAll.undefinedClasses} n/a left out, {meanIouAll.absentPredicted} predicted only count as
              0
            </span>
          )}
        </Fact>
        <Fact name="pixel accuracy">
          {formatPercent(pixelAccuracy?.value ?? null)} %
          {pixelAccuracy !== null && (
            <span className={styles.resultInterval}>{formatInterval(pixelAccuracy)}</span>
          )}
        </Fact>
        <Fact name="frequency-weighted IoU">{formatPercent(frequencyWeightedIou)} %</Fact>
        <Fact name="boundary F">{formatPercent(boundaryF)} %</Fact>
        <Fact name="pictures">
          {formatCount(scored)} of {formatCount(planned)}
          {state === 'partial' && <span className={styles.resultInterval}>partial</span>}
        </Fact>
        <Fact name="inference, median">{formatMsUnit(latency?.inferenceMs ?? null)}</Fact>
        <Fact name="other work, median">{formatMsUnit(latency?.otherMs ?? null)}</Fact>
        <Fact name="total / inference">
          {totals.inferenceMs > 0 ? (totals.wholeMs / totals.inferenceMs).toFixed(2) : '–'}
        </Fact>
      </dl>
      {published !== null && (
        <p className="quiet">
          Published: {formatPercent(published.meanIou)} % mean IoU on {published.split}, {published.protocol}{' '}
          ({published.source}).
        </p>
      )}
    </>
  );
}

const CELL = 'pictures of a cell';

function Confusions({ result }: { readonly result: EvaluationResult }) {
  const [chosen, setChosen] = useState<{ truth: number; predicted: number } | null>(null);
  return (
    <div>
      <ConfusionHeatMap
        result={result}
        chosen={chosen}
        onChoose={(truth, predicted) => setChosen({ truth, predicted })}
      />
      {chosen !== null && (
        <CellPictures key={`${chosen.truth} ${chosen.predicted}`} result={result} {...chosen} />
      )}
    </div>
  );
}

interface CellPicturesProps {
  readonly result: EvaluationResult;
  readonly truth: number;
  readonly predicted: number;
}

function CellPictures({ result, truth, predicted }: CellPicturesProps) {
  const session = useEvaluation();
  const [shown, setShown] = useState<string | null>(null);
  const { id } = result;
  const ask = useCallback(
    async () =>
      (await session.picturesBehind(id, truth, predicted)).slice(0, 12).map(({ name, pixels, share01 }) => ({
        name,
        figure: `${formatCount(pixels)} px, ${formatShare(share01)} of the cell`,
      })),
    [session, id, truth, predicted],
  );
  const nameOf = (index: number) => result.figures.classes[index]?.name ?? String(index);
  return (
    <div role="status">
      <PictureList
        title={`${nameOf(truth)} seen as ${nameOf(predicted)}`}
        answer={useAnswer(ask, CELL)}
        none="No picture has such pixels."
        shown={shown}
        onShow={setShown}
      />
      {shown !== null && <PictureFigures resultId={id} name={shown} />}
    </div>
  );
}

const RANKED = 'list of pictures';
const AS_MANY = 8;

const listed = (pictures: readonly RankedPicture[]) =>
  pictures.map(({ name, meanIou, pixelAccuracy }) => ({
    name,
    figure: `${formatPercent(meanIou)} % mean IoU, ${formatPercent(pixelAccuracy)} % of pixels`,
  }));

function Ranked({ result: { id } }: { readonly result: EvaluationResult }) {
  const session = useEvaluation();
  const [shown, setShown] = useState<string | null>(null);
  const headingId = useId();
  const askWorst = useCallback(
    async () => listed(await session.rankedPictures(id, 'worst', AS_MANY)),
    [session, id],
  );
  const askBest = useCallback(
    async () => listed(await session.rankedPictures(id, 'best', AS_MANY)),
    [session, id],
  );
  const worst = useAnswer(askWorst, RANKED);
  const best = useAnswer(askBest, RANKED);
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId}>Worst and best pictures</h3>
      <div className={styles.ranked}>
        <PictureList
          title="worst"
          answer={worst}
          none="No picture was scored."
          shown={shown}
          onShow={setShown}
        />
        <PictureList
          title="best"
          answer={best}
          none="No picture was scored."
          shown={shown}
          onShow={setShown}
        />
      </div>
      {shown !== null && <PictureFigures resultId={id} name={shown} />}
    </section>
  );
}
