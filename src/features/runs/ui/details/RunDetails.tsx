/** Everything about one run: its verdict first, then its numbers, its drift, references and its configuration. */
import { useEffect, useId, useMemo, useRef } from 'react';
import { summariseRun } from '../../../../domain/measuring/run-summary.ts';
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import { CloseIcon } from '../../../../ui-kit/icons.tsx';
import { DeleteRuns } from '../history/DeleteRuns.tsx';
import { useRunState, useRuns } from '../run-context.ts';
import { targetWords } from '../run-words.ts';
import { formatMoment } from '../../../../ui-kit/quantity.ts';
import { ColdAndRates } from './ColdAndRates.tsx';
import { DriftSection } from './DriftSection.tsx';
import { HostFacts } from './HostFacts.tsx';
import { NameAndNotes } from './NameAndNotes.tsx';
import { References } from './References.tsx';
import { RunConfiguration } from './RunConfiguration.tsx';
import { RunStageTable } from './RunStageTable.tsx';
import { ValidityList } from './ValidityList.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
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
  // The details open far below the row that was pressed: the focus goes along, and the page scrolls to it.
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
          {run.choice.backend === 'tflite' && <HostFacts host={run.host} />}
          <RunConfiguration run={run} />
        </div>
      </div>
      <References run={run} />
    </section>
  );
}
