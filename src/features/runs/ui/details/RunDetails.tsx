/** Everything about one run: its verdict first, then its numbers, its drift, references and its configuration. */
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { summariseRun, type RunSummary } from '../../../../domain/measuring/run-summary.ts';
import type { RunRecord, Validity } from '../../../../domain/measuring/run.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { CloseIcon, CheckIcon, ProblemIcon } from '../../../../ui-kit/icons.tsx';
import {
  formatMoment,
  formatBytes,
  formatCount,
  formatMsUnit,
  formatRate,
  formatSpan,
} from '../../../../domain/quantity.ts';
import { DeleteRuns } from '../history/DeleteRuns.tsx';
import { useRunState, useRuns } from '../run-context.ts';
import { targetWords } from '../run-words.ts';
import { DriftSection } from './DriftSection.tsx';
import { HostFacts } from './HostFacts.tsx';
import { References } from './References.tsx';
import { RunConfiguration } from './RunConfiguration.tsx';
import { RunStageTable } from './RunStageTable.tsx';
import { isAgentSetup } from '../../../../domain/setup.ts';
import styles from '../runs.module.css';

interface RunDetailsProps {
  readonly run: RunRecord;
  readonly onClose: () => void;
}

export function RunDetails({ run, onClose }: RunDetailsProps) {
  const session = useRuns();
  const running = useRunState((state) => state.progress.kind === 'running');
  const summary = useMemo(() => summariseRun(run), [run]);
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  // The details open far below the clicked row: moving the focus scrolls there.
  useEffect(() => {
    heading.current?.focus();
  }, [run.id]);
  return (
    <section className={classNames('view-part', styles.details)} aria-labelledby={id}>
      <div className="details-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {run.name}
        </h2>
        <div className="tools">
          <button type="button" className="button" disabled={running} onClick={() => session.rerun(run.id)}>
            Run again
          </button>
          <DeleteRuns ids={[run.id]} words="Delete this run…" />
          <button
            type="button"
            className="button button-square"
            aria-label="Close the details"
            onClick={onClose}
          >
            <CloseIcon />
          </button>
        </div>
      </div>
      <p className="quiet">
        Started {formatMoment(run.startedAt)}; target {targetWords(run.target)}.
      </p>
      <div className={styles.detailsColumns}>
        <div>
          <ValidityList validity={run.validity} />
          <RunStageTable run={run} summary={summary} />
          <ColdAndRates run={run} summary={summary} />
          <DriftSection columns={run.columns} />
        </div>
        <div>
          <NameAndNotes key={run.id} run={run} />
          {isAgentSetup(run.setup) && <HostFacts host={run.host} />}
          <RunConfiguration run={run} />
        </div>
      </div>
      <References run={run} />
    </section>
  );
}

/** The verdict on a run: every check in words, passed or not. */
function ValidityList({ validity: { valid, checks } }: { readonly validity: Validity }) {
  const failed = checks.filter(({ passed }) => !passed).length;
  return (
    <section>
      <h3>{valid ? 'Valid' : `Invalid: ${failed} of ${checks.length} checks failed`}</h3>
      <ul className={styles.checks} aria-label="Validity checks">
        {checks.map(({ check, passed, detail }) => (
          <li key={check} className={passed ? styles.checkPassed : styles.checkFailed}>
            {passed ? <CheckIcon /> : <ProblemIcon />}
            <span>
              <span className="unseen">{passed ? 'passed: ' : 'failed: '}</span>
              {detail}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ColdAndRatesProps {
  readonly run: RunRecord;
  readonly summary: RunSummary;
}

/** A run's numbers beyond the stages: rates, cold start and memory. */
function ColdAndRates({ run: { cold, memory }, summary: { rates, durationMs } }: ColdAndRatesProps) {
  return (
    <>
      <section>
        <h3>Rates</h3>
        <dl className="facts facts-row">
          <Fact name="frames/s end to end">{formatRate(rates.framesPerSecond)}</Fact>
          <Fact name="model rate/s">{formatRate(rates.modelPerSecond)}</Fact>
          <Fact name="source pictures/s">{formatRate(rates.sourcePerSecond)}</Fact>
          <Fact name="skipped">{formatCount(rates.skipped)}</Fact>
          <Fact name="duration">{formatSpan(durationMs / 1000)}</Fact>
        </dl>
      </section>
      <section>
        <h3>Cold start</h3>
        <dl className="facts facts-row">
          <Fact name="start">{formatMsUnit(cold.startMs)}</Fact>
          <Fact name="download">{formatMsUnit(cold.downloadMs)}</Fact>
          <Fact name="parse">{formatMsUnit(cold.parseMs)}</Fact>
          <Fact name="first inference">{formatMsUnit(cold.firstInferenceMs)}</Fact>
          <Fact name="tensors">
            {formatCount(memory.tensorsAfter)}, {formatBytes(memory.bytesAfter)}
          </Fact>
        </dl>
        {cold.contended && (
          <p className="quiet">Measured while another model was running, so these are upper bounds.</p>
        )}
      </section>
    </>
  );
}

/** Name and notes of a run, saved on blur; an empty name restores the old one. */
function NameAndNotes({ run: { id, name, notes } }: { readonly run: RunRecord }) {
  const session = useRuns();
  const [nameTyped, setNameTyped] = useState(name);
  const [notesTyped, setNotesTyped] = useState(notes);
  const keepName = () => {
    const next = nameTyped.trim();
    setNameTyped(next === '' ? name : next);
    if (next !== '' && next !== name) session.rename(id, { name: next });
  };
  const keepNotes = () => {
    if (notesTyped !== notes) session.rename(id, { notes: notesTyped });
  };
  return (
    <section className={styles.nameAndNotes}>
      <label>
        <span className="quiet">Name</span>
        <input
          className="text-input"
          type="text"
          value={nameTyped}
          maxLength={200}
          onChange={(event) => setNameTyped(event.currentTarget.value)}
          onBlur={keepName}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') setNameTyped(name);
          }}
        />
      </label>
      <label>
        <span className="quiet">Notes</span>
        <textarea
          className="text-input"
          value={notesTyped}
          rows={3}
          onChange={(event) => setNotesTyped(event.currentTarget.value)}
          onBlur={keepNotes}
        />
      </label>
    </section>
  );
}
