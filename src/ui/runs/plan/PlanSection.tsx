/** The form in which a plan is made: five axes, agents, a target, what it comes to, and the button that starts it. */
import { useId, useState } from 'react';
import { BACKENDS, type Backend } from '../../../domain/backend.ts';
import { PIPELINES } from '../../../domain/configuration.ts';
import type { BackendTrial } from '../../../state/session-store.ts';
import { useSessionState } from '../../session-context.ts';
import { BACKEND_NOTES, BACKEND_WORDS, PIPELINE_WORDS } from '../../wording.ts';
import { useRunState, useRuns } from '../run-context.ts';
import { counted } from '../run-words.ts';
import { AgentPlan } from './AgentPlan.tsx';
import { Marks } from './Marks.tsx';
import { sizesOf, withMark, withModels } from './plan-draft.ts';
import { SourceMarks } from './SourceMarks.tsx';
import { TargetFields } from './TargetFields.tsx';
import { estimateTime, estimateWords } from './time-estimate.ts';
import type { PlanInTheMaking } from './use-plan-draft.ts';
import { useTimeBases } from './use-time-bases.ts';

export function PlanSection({ making }: { readonly making: PlanInTheMaking }) {
  const { draft, at, change } = making;
  const catalogue = useSessionState((state) => state.catalogue);
  const trials = useSessionState((state) => state.trials);
  const id = useId();
  const ready = at.models.filter(({ availability }) => availability.kind === 'ready');
  const absent = at.models.length - ready.length;
  const sizes = sizesOf(draft.modelIds, ready);
  return (
    <section className="runs-part" aria-labelledby={id}>
      <h2 id={id}>Plan</h2>
      <div className="axes">
        <div className="marks-group">
          <Marks
            legend="Models"
            none={catalogue.kind === 'loading' ? 'Reading the catalogue…' : 'No model is on this server.'}
            marks={ready.map((model) => ({ value: model.id, label: model.name }))}
            marked={draft.modelIds}
            onMark={(modelId, marked) => {
              const ids = withMark(
                draft.modelIds,
                modelId,
                marked,
                ready.map((model) => model.id),
              );
              change(withModels(draft, ids, ready));
            }}
          />
          {absent > 0 && (
            <p className="quiet">{counted(absent, 'more model')} of the catalogue not on this server.</p>
          )}
        </div>
        <Marks
          legend="Backends"
          none=""
          marks={BACKENDS.map((backend) => ({
            value: backend,
            label: BACKEND_WORDS[backend],
            note: backendNote(backend, trials),
          }))}
          marked={draft.backends}
          onMark={(backend, marked) => {
            change({ backends: withMark(draft.backends, backend, marked, BACKENDS) });
          }}
        />
        <Marks
          legend="Input sizes"
          none="Mark a model first."
          marks={sizes.map((size) => ({ value: size, label: `${String(size)} px` }))}
          marked={draft.inputSizes}
          onMark={(size, marked) => {
            change({ inputSizes: withMark(draft.inputSizes, size, marked, sizes) });
          }}
        />
        <Marks
          legend="Pipelines"
          none=""
          marks={PIPELINES.map((pipeline) => ({
            value: pipeline,
            label: PIPELINE_WORDS[pipeline],
            ...(pipeline === 'stock' && { note: 'the baseline' }),
          }))}
          marked={draft.pipelines}
          onMark={(pipeline, marked) => {
            change({ pipelines: withMark(draft.pipelines, pipeline, marked, PIPELINES) });
          }}
        />
        <SourceMarks draft={draft} sources={at.sources} onChange={change} />
        <TargetFields draft={draft} name={`${id}-target`} onChange={change} />
      </div>
      <AgentPlan
        marks={draft.agents}
        agents={at.agents}
        withCodecs
        onChange={(agents) => {
          change({ agents });
        }}
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
      <div className="plan-actions">
        <button
          type="button"
          className="button button-strong"
          disabled={count === 0 || running}
          onClick={() => {
            runs.start(plan);
          }}
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
      {leftOut.length > 0 && at.models.length > 0 && (
        <ul className="left-out" aria-label="Left out">
          {leftOut.map(({ reason, count: cells }) => (
            <li key={reason}>
              <strong>{counted(cells, 'configuration')} left out:</strong> {reason}
            </li>
          ))}
        </ul>
      )}
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
            () => {
              setShown('copied');
            },
            () => {
              setShown({ byHand: address() });
            },
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
          className="link-by-hand"
          aria-label="Link to this plan, to be copied by hand"
          readOnly
          value={shown.byHand}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
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
