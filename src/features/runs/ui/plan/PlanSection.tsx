/** The form in which a plan is made: five axes, agents, a target, what it comes to, and the button that starts it. */
import { useId, useState } from 'react';
import type { Backend } from '../../../../domain/backend.ts';
import type { BackendTrial } from '../../../../app/session-store.ts';
import {
  BackendMarks,
  ModelMarks,
  PipelineMarks,
  SizeMarks,
} from '../../../../ui-kit/ConfigurationMarks.tsx';
import { LeftOutList } from '../../../../ui-kit/LeftOutList.tsx';
import { useSessionState } from '../../../live/ui/session-context.ts';
import { BACKEND_NOTES } from '../../../../ui-kit/wording.ts';
import { useRunState, useRuns } from '../run-context.ts';
import { counted } from '../../../../ui-kit/quantity.ts';
import { AgentPlan } from './AgentPlan.tsx';
import { sizesOf, withModels } from './plan-draft.ts';
import { SourceMarks } from './SourceMarks.tsx';
import { TargetFields } from './TargetFields.tsx';
import { estimateTime, estimateWords } from './time-estimate.ts';
import type { PlanInTheMaking } from './use-plan-draft.ts';
import { useTimeBases } from './use-time-bases.ts';
import styles from '../runs.module.css';
import { classNames } from '../../../../ui-kit/class-names.ts';

export function PlanSection({ making }: { readonly making: PlanInTheMaking }) {
  const { draft, at, change } = making;
  const catalogue = useSessionState((state) => state.catalogue);
  const trials = useSessionState((state) => state.trials);
  const id = useId();
  const ready = at.models.filter(({ availability }) => availability.kind === 'ready');
  const absent = at.models.length - ready.length;
  const sizes = sizesOf(draft.modelIds, ready);
  return (
    <section className="view-part" aria-labelledby={id}>
      <h2 id={id}>Plan</h2>
      <div className="axes">
        <div className="marks-group">
          <ModelMarks
            loading={catalogue.kind === 'loading'}
            models={ready}
            marked={draft.modelIds}
            onChange={(ids) => change(withModels(draft, ids, ready))}
          />
          {absent > 0 && (
            <p className="quiet">{counted(absent, 'more model')} of the catalogue not on this server.</p>
          )}
        </div>
        <BackendMarks
          marked={draft.backends}
          noteOf={(backend) => backendNote(backend, trials)}
          onChange={(backends) => change({ backends })}
        />
        <SizeMarks
          sizes={sizes}
          marked={draft.inputSizes}
          onChange={(inputSizes) => change({ inputSizes })}
        />
        <PipelineMarks marked={draft.pipelines} onChange={(pipelines) => change({ pipelines })} />
        <SourceMarks draft={draft} sources={at.sources} onChange={change} />
        <TargetFields draft={draft} name={`${id}-target`} onChange={change} />
      </div>
      <AgentPlan
        marks={draft.agents}
        agents={at.agents}
        withCodecs
        onChange={(agents) => change({ agents })}
      />
      <PlanActions making={making} />
    </section>
  );
}

function PlanActions({ making: { plan, leftOut, hasGaps, at } }: { readonly making: PlanInTheMaking }) {
  const runs = useRuns();
  const running = useRunState((state) => state.progress.kind === 'running');
  const bases = useTimeBases();
  const count = plan.choices.length;
  return (
    <>
      <div className="tools">
        <button
          type="button"
          className="button button-strong"
          disabled={count === 0 || running}
          onClick={() => runs.start(plan)}
        >
          Run {counted(count, 'configuration')}
        </button>
        <CopyLink
          disabled={count === 0}
          onCopy={() => runs.copyLink(plan)}
          address={() => runs.shareLink(plan)}
        />
        <p className="quiet" role="status">
          {count === 0 ? 'Mark at least one of each kind.' : estimateWords(estimateTime(plan, bases))}
        </p>
      </div>
      {hasGaps && (
        <p className="quiet">
          The plan of the link, not every combination of the marks; changing a mark makes it one.
        </p>
      )}
      {at.models.length > 0 && <LeftOutList leftOut={leftOut} />}
    </>
  );
}

interface CopyLinkProps {
  readonly disabled: boolean;
  readonly onCopy: () => Promise<void>;
  readonly address: () => string;
}

/** Where the browser keeps the clipboard closed, the link is shown to be copied by hand. */
function CopyLink({ disabled, onCopy, address }: CopyLinkProps) {
  const [shown, setShown] = useState<'none' | 'copied' | { readonly byHand: string }>('none');
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={disabled}
        onClick={() => {
          onCopy().then(
            () => setShown('copied'),
            () => setShown({ byHand: address() }),
          );
        }}
        onBlur={() => {
          if (shown === 'copied') setShown('none');
        }}
      >
        {shown === 'copied' ? 'Link copied' : 'Copy link'}
      </button>
      <span className="unseen" role="status">
        {shown === 'copied' && 'The link is on the clipboard.'}
      </span>
      {typeof shown === 'object' && (
        <input
          className={classNames('text-input', styles.linkByHand)}
          aria-label="Link to this plan, to be copied by hand"
          readOnly
          value={shown.byHand}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}

/** What is known of it on this machine, else what it is. */
function backendNote(backend: Backend, trials: readonly BackendTrial[]): string {
  const outcome = trials.find((trial) => trial.backend === backend)?.outcome;
  if (outcome?.kind === 'failed') return `failed here: ${outcome.reason}`;
  if (outcome?.kind === 'skipped') return outcome.reason;
  return BACKEND_NOTES[backend];
}
