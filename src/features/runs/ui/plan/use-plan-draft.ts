/** The plan being edited: starts from the live setup, or from the plan in the page's address. */
import { useEffect, useMemo, useState } from 'react';
import type { RunPlan } from '../../../../domain/measuring/run.ts';
import { QUICK_TARGET } from '../../../../domain/measuring/run.ts';
import { resolveAuto } from '../../../../domain/setup.ts';
import { shownAgentOf, type AgentState } from '../../../agents/agent-store.ts';
import type { SessionState } from '../../../../app/session-store.ts';
import { modelsOf } from '../../../../ui-kit/catalogue-models.ts';
import { useSession, useSessionState } from '../../../live/ui/session-context.ts';
import { useAgentsState } from '../../../agents/ui/agents-context.ts';
import { useRuns } from '../run-context.ts';
import type { Names } from '../run-words.ts';
import { NO_AGENTS, withAddresses } from './agent-plan.ts';
import {
  DEFAULT_REPLAY_FRAMES,
  draftOf,
  isEveryCombination,
  planOf,
  filterPlan,
  type MadePlan,
  type PlanDraft,
} from './plan-draft.ts';

export interface PlanEditor extends MadePlan {
  readonly draft: PlanDraft;
  readonly at: Names;
  /** True while the plan from the address is shown and is not every combination of its options. */
  readonly hasGaps: boolean;
  readonly change: (change: Partial<PlanDraft>) => void;
}

/** @param given the plan in the address; null for none */
export function usePlanDraft(given: RunPlan | null): PlanEditor {
  const session = useSession();
  const runs = useRuns();
  const sources = useSessionState((state) => state.sourceOptions);
  const catalogue = useSessionState((state) => state.catalogue);
  const models = modelsOf(catalogue);
  const agents = useAgentsState((state) => state.agents);
  const at = useMemo(() => ({ models, sources, agents }), [models, sources, agents]);
  const [draft, setDraft] = useState<PlanDraft>(() =>
    given === null
      ? liveDraft(session.session.getState(), shownAgentOf(runs.agents.agents.getState()))
      : draftOf(given),
  );
  /** The plan from the address, until an option is changed. */
  const [fixed, setFixed] = useState<RunPlan | null>(given);

  useEffect(() => {
    const onAddress = () => {
      const plan = runs.planFromAddress();
      if (plan === null) return;
      setDraft(draftOf(plan));
      setFixed(plan);
    };
    window.addEventListener('hashchange', onAddress);
    return () => window.removeEventListener('hashchange', onAddress);
  }, [runs]);

  const made = useMemo(
    () => (fixed === null ? planOf(draft, at) : filterPlan(fixed, at)),
    [draft, fixed, at],
  );
  const hasGaps = useMemo(() => fixed !== null && !isEveryCombination(fixed, at), [fixed, at]);
  return {
    ...made,
    draft,
    at,
    hasGaps,
    change(change) {
      setDraft({ ...draft, ...change });
      setFixed(null);
    },
  };
}

/** A quick run of the live setup. */
function liveDraft(
  { place, wanted, engine, source, sourceOptions }: SessionState,
  agent: AgentState | null,
): PlanDraft {
  const onAgent = place === 'agent' && agent !== null;
  const sourceKey = source.kind === 'none' ? sourceOptions[0]?.key : source.key;
  const { place: here } = resolveAuto(wanted, engine.kind === 'running' ? engine.description.backend : null);
  return {
    modelIds: onAgent ? [] : [wanted.modelId],
    backends: [here.backend],
    inputSizes: [wanted.inputSize],
    pipelines: [wanted.pipeline],
    agents: onAgent ? withAddresses(NO_AGENTS, [agent.address], [agent]) : NO_AGENTS,
    sourceKeys: sourceKey === undefined ? [] : [sourceKey],
    targetKind: 'quick',
    ownTarget: QUICK_TARGET,
    replayFrames: DEFAULT_REPLAY_FRAMES,
    replaySourceKey: sourceKey ?? null,
  };
}
