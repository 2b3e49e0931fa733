/** The form for a plan: five axes, agents, a target, an estimate, and the start button. */
import { useId, useState, useMemo } from 'react';
import type { BackendTrial, SourceOption } from '../../../../app/session-store.ts';
import type { Backend } from '../../../../domain/backend.ts';
import { REPLAY_FRAMES_LIMIT, REPLAY_KEY } from '../../../../domain/measuring/run.ts';
import { Choice } from '../../../../ui-kit/Choice.tsx';
import {
  BackendMarks,
  ModelMarks,
  PipelineMarks,
  SizeMarks,
} from '../../../../ui-kit/ConfigurationMarks.tsx';
import { LeftOutList } from '../../../../ui-kit/LeftOutList.tsx';
import { Marks, withMark } from '../../../../ui-kit/Marks.tsx';
import { NumberField } from '../../../../ui-kit/NumberField.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { counted } from '../../../../domain/quantity.ts';
import { BACKEND_NOTES } from '../../../../ui-kit/wording.ts';
import { useSessionState, useTiming } from '../../../live/ui/session-context.ts';
import { useRunState, useRuns, runsOf } from '../run-context.ts';
import { AgentPlan } from './AgentPlan.tsx';
import { TargetFields } from './TargetFields.tsx';
import { sizesOf, withModels, type PlanDraft } from './plan-draft.ts';
import { estimateTime, estimateWords, basisOf, coldSum, type TimeBasis } from './time-estimate.ts';
import type { PlanEditor } from './use-plan-draft.ts';
import { setupOf } from '../../../../domain/setup.ts';
import styles from '../runs.module.css';

export function PlanSection({ making }: { readonly making: PlanEditor }) {
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
            <p className="quiet">{counted(absent, 'more model')} in the catalogue but not on this server.</p>
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

function PlanActions({ making: { plan, leftOut, hasGaps, at } }: { readonly making: PlanEditor }) {
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
          {count === 0 ? 'Select at least one of each kind.' : estimateWords(estimateTime(plan, bases))}
        </p>
      </div>
      {hasGaps && (
        <p className="quiet">
          This plan comes from the link and is not every combination of the selected options. Changing an
          option plans every combination.
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

/** If the browser denies the clipboard, shows the link for manual copying. */
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
        {shown === 'copied' && 'Link copied to the clipboard.'}
      </span>
      {typeof shown === 'object' && (
        <input
          className={classNames('text-input', styles.linkByHand)}
          aria-label="Link to this plan"
          readOnly
          value={shown.byHand}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}

/** What happened with it on this machine, else a description. */
function backendNote(backend: Backend, trials: readonly BackendTrial[]): string {
  const outcome = trials.find((trial) => trial.backend === backend)?.outcome;
  if (outcome?.kind === 'failed') return `failed here: ${outcome.reason}`;
  if (outcome?.kind === 'skipped') return outcome.reason;
  return BACKEND_NOTES[backend];
}

interface SourceMarksProps {
  readonly draft: PlanDraft;
  readonly sources: readonly SourceOption[];
  readonly onChange: (change: Partial<PlanDraft>) => void;
}

/** The sources of a plan; a replay records its frames once, so that every configuration sees the same. */
function SourceMarks({ draft, sources, onChange }: SourceMarksProps) {
  const { sourceKeys, replayFrames, replaySourceKey } = draft;
  const keys = [...sources.map(({ key }) => key), REPLAY_KEY];
  return (
    <div className="marks-group">
      <Marks
        legend="Sources"
        none="No sources available."
        marks={[
          ...sources.map(({ key, label }) => ({ value: key, label })),
          {
            value: REPLAY_KEY,
            label: 'Replay',
            note: 'frames recorded once, the same for every configuration',
          },
        ]}
        marked={sourceKeys}
        onMark={(key, marked) => onChange({ sourceKeys: withMark(sourceKeys, key, marked, keys) })}
      />
      {sourceKeys.includes(REPLAY_KEY) && (
        <div className="numbers">
          <Choice
            label="Replay source"
            className={styles.fieldReplay}
            groups={[{ heading: null, options: sources.map(({ key, label }) => ({ value: key, label })) }]}
            value={sources.some(({ key }) => key === replaySourceKey) ? (replaySourceKey ?? '') : ''}
            onChoose={(key) => onChange({ replaySourceKey: key })}
          />
          <NumberField
            label="frames"
            value={replayFrames}
            min={1}
            max={REPLAY_FRAMES_LIMIT}
            onChange={(frames) => onChange({ replayFrames: frames })}
          />
        </div>
      )}
    </div>
  );
}

/** Runs first, the newest before older ones, then the live view. */
function useTimeBases(): readonly TimeBasis[] {
  const runs = runsOf(useRunState((state) => state.history));
  const engine = useSessionState((state) => state.engine);
  const frameMs = useTiming(
    (state) => state.snapshot?.rows.find(({ key }) => key === 'frame')?.median ?? null,
  );
  return useMemo(() => {
    const measured = runs.flatMap((run) => basisOf(run) ?? []);
    if (engine.kind === 'none' || frameMs === null) return measured;
    return [...measured, { setup: setupOf(engine.description), frameMs, coldMs: coldSum(engine.cold) }];
  }, [runs, engine, frameMs]);
}
