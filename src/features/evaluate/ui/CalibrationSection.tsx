/** Varied pictures from the live source with which a network is quantised, saved with the commands that do it. */
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { describeProblem, problemOf } from '../../../domain/problems/problem.ts';
import { Choice } from '../../../ui-kit/Choice.tsx';
import { NumberField } from '../../../ui-kit/NumberField.tsx';
import { classNames } from '../../../ui-kit/class-names.ts';
import { CloseIcon } from '../../../ui-kit/icons.tsx';
import { counted, formatCount, formatRate } from '../../../domain/quantity.ts';
import { saveFile } from '../../../ui-kit/save-file.ts';
import {
  CALIBRATION_FORMATS,
  DEFAULT_CALIBRATION,
  type CalibrationState,
  type CalibrationPicture,
} from '../calibration-store.ts';
import { useBusy, useEvaluationParts } from './evaluation-context.ts';
import { BlobImage } from './results/BlobImage.tsx';
import styles from './evaluate.module.css';

export function CalibrationSection() {
  const { calibration: session } = useEvaluationParts();
  const state = useStore(session.calibration);
  const anyBusy = useBusy();
  const [plan, setPlan] = useState(DEFAULT_CALIBRATION);
  const id = useId();
  const busy = state.status.kind === 'recording' || state.status.kind === 'opening';
  return (
    <section className="view-part" aria-labelledby={id}>
      <h2 id={id}>Calibration set</h2>
      <p className="quiet">
        Quantising a network for an Edge TPU needs pictures of what it will see. Point the camera at different
        things; frames too similar to a kept one are skipped.
      </p>
      <div className={classNames('numbers', styles.calibrationNumbers)}>
        <NumberField
          label="pictures"
          value={plan.pictures}
          min={1}
          max={500}
          onChange={(pictures) => setPlan({ ...plan, pictures })}
        />
        <NumberField
          label="min. distance, levels"
          value={plan.leastDistance}
          min={0}
          max={100}
          onChange={(leastDistance) => setPlan({ ...plan, leastDistance })}
        />
        <NumberField
          label="interval, ms"
          value={plan.everyMs}
          min={0}
          max={60_000}
          onChange={(everyMs) => setPlan({ ...plan, everyMs })}
        />
        <Choice
          label="Format"
          className={styles.fieldFormat}
          groups={[
            {
              heading: null,
              options: [
                { value: 'png', label: 'PNG', notes: ['exact'] },
                { value: 'jpeg', label: 'JPEG', notes: ['quality 0.95, about a tenth of the size'] },
              ],
            },
          ]}
          value={plan.format}
          disabled={busy}
          onChoose={(value) => {
            const format = CALIBRATION_FORMATS.find((one) => one === value);
            if (format !== undefined) setPlan({ ...plan, format });
          }}
        />
        <button
          type="button"
          className={classNames('button', !busy && 'button-strong')}
          disabled={!busy && anyBusy}
          onClick={() => {
            if (busy) session.stop();
            else session.start(plan);
          }}
        >
          {busy ? 'Stop recording' : state.pictures.length === 0 ? 'Record' : 'Record again'}
        </button>
        <SaveSet state={state} busy={busy} />
      </div>
      <RecordingWords state={state} />
      <CalibrationPictures pictures={state.pictures} onRemove={(picture) => session.remove(picture)} />
    </section>
  );
}

function SaveSet({ state, busy }: { readonly state: CalibrationState; readonly busy: boolean }) {
  const { calibration: session } = useEvaluationParts();
  const [outcome, setOutcome] = useState('');
  const save = async () => {
    try {
      const file = await session.save();
      saveFile(file);
      setOutcome(`Saved ${file.fileName}.`);
    } catch (error) {
      const problem = problemOf(error, (detail) => ({
        kind: 'export-failed',
        what: 'calibration set',
        detail,
      }));
      const { sentence, nextStep } = describeProblem(problem);
      setOutcome(`${sentence} ${nextStep}`);
    }
  };
  if (state.pictures.length === 0) return null;
  return (
    <>
      <button type="button" className="button" disabled={busy} onClick={() => void save()}>
        Save as zip
      </button>
      <button
        type="button"
        className="button"
        disabled={busy}
        onClick={() => {
          session.clear();
          setOutcome('');
        }}
      >
        Clear
      </button>
      <span role="status" className="quiet">
        {outcome}
      </span>
    </>
  );
}

function RecordingWords({ state }: { readonly state: CalibrationState }) {
  const { status, pictures, plan, refused, lastDistance, meanDistance, sourceLabel } = state;
  if (status.kind === 'failed') {
    const { sentence, nextStep } = describeProblem(status.problem);
    return (
      <p role="alert">
        <strong>{sentence}</strong> {nextStep}
      </p>
    );
  }
  if (status.kind === 'opening') {
    return (
      <p className="quiet" role="status">
        Opening the source…
      </p>
    );
  }
  if (plan === null) return null;
  const levels = (value: number | null) => (value === null ? '–' : `${formatRate(value)} levels`);
  return (
    <p role="status">
      <strong>
        {formatCount(pictures.length)} of {counted(plan.pictures, 'picture')}
      </strong>{' '}
      from {sourceLabel}, {counted(refused, 'near-duplicate')} skipped.{' '}
      <span className="quiet">
        Last frame: {levels(lastDistance)} from the nearest kept one. Mean distance of the set:{' '}
        {levels(meanDistance)}.
      </span>
    </p>
  );
}

interface CalibrationPicturesProps {
  readonly pictures: readonly CalibrationPicture[];
  readonly onRemove: (id: number) => void;
}

/** The pictures of a calibration set, each with a button to remove it. */
function CalibrationPictures({ pictures, onRemove }: CalibrationPicturesProps) {
  if (pictures.length === 0) return null;
  return (
    <ol className={styles.calibrationPictures} aria-label="Pictures of the set">
      {pictures.map(({ id, blob, width, height, nearest }, index) => (
        <li key={id}>
          <div className={styles.layers} style={{ aspectRatio: `${width} / ${height}` }}>
            <BlobImage blob={blob} alt={`Picture ${index + 1}`} />
          </div>
          <p className="quiet">
            <span>
              {index + 1}
              {nearest !== null && `, ${formatRate(nearest)} levels`}
            </span>
            <button
              type="button"
              className="button button-square"
              aria-label={`Remove picture ${index + 1}`}
              onClick={() => onRemove(id)}
            >
              <CloseIcon />
            </button>
          </p>
        </li>
      ))}
    </ol>
  );
}
