/** A plan being edited: the selected options and a target, and which combinations can be measured. */
import type { LeftOut } from '../../../../ui-kit/LeftOutList.tsx';
import type { Backend } from '../../../../domain/backend.ts';
import type { Pipeline } from '../../../../domain/measuring/configuration.ts';
import {
  FULL_TARGET,
  QUICK_TARGET,
  REPLAY_KEY,
  type PlannedRun,
  type RunPlan,
  type RunTarget,
} from '../../../../domain/measuring/run.ts';
import { browserSetup, isAgentSetup, setupKey, type Setup } from '../../../../domain/setup.ts';
import type { ModelListing } from '../../../../app/session-store.ts';
import type { Names } from '../run-words.ts';
import { agentMarksOf, agentSetupObstacle, agentSetupsOf, type AgentMarks } from './agent-plan.ts';

export interface PlanDraft {
  readonly modelIds: readonly string[];
  readonly backends: readonly Backend[];
  readonly inputSizes: readonly number[];
  readonly pipelines: readonly Pipeline[];
  readonly agents: AgentMarks;
  /** SourceOption keys, and "replay". */
  readonly sourceKeys: readonly string[];
  readonly targetKind: 'quick' | 'full' | 'own';
  readonly ownTarget: RunTarget;
  readonly replayFrames: number;
  readonly replaySourceKey: string | null;
}

export interface MadePlan {
  readonly plan: RunPlan;
  readonly leftOut: readonly LeftOut[];
}

export const DEFAULT_REPLAY_FRAMES = 32;

/** Every combination of the selected options that can be measured here: sources outermost, backends innermost, agents last. */
export function planOf(draft: PlanDraft, at: Names): MadePlan {
  const { modelIds, inputSizes, pipelines, backends, sourceKeys } = draft;
  const setups = [
    ...modelIds.flatMap((modelId) =>
      inputSizes.flatMap((inputSize) =>
        pipelines.flatMap((pipeline) =>
          backends.map((backend): Setup => browserSetup(modelId, inputSize, backend, { pipeline })),
        ),
      ),
    ),
    ...agentSetupsOf(draft.agents, at.agents),
  ];
  const choices = sourceKeys.flatMap((sourceKey) => setups.map((setup) => ({ setup, sourceKey })));
  const { replayFrames, replaySourceKey } = draft;
  return filterPlan({ choices, target: targetOf(draft), replayFrames, replaySourceKey }, at);
}

/** Drops configurations that cannot be measured here, with their reasons. */
export function filterPlan(plan: RunPlan, at: Names): MadePlan {
  const leftOut = new Map<string, number>();
  const choices = plan.choices.filter((choice) => {
    const reason = obstacle(choice, plan.replaySourceKey, at);
    if (reason !== null) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
    return reason === null;
  });
  const replays = choices.some(({ sourceKey }) => sourceKey === REPLAY_KEY);
  return {
    plan: {
      choices,
      target: plan.target,
      replayFrames: replays ? plan.replayFrames : 0,
      replaySourceKey: replays ? plan.replaySourceKey : null,
    },
    leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })),
  };
}

/** The draft that a plan could come from; the plan may hold fewer combinations. */
export function draftOf(plan: RunPlan): PlanDraft {
  const { choices, target, replayFrames, replaySourceKey } = plan;
  const setups = choices.map(({ setup }) => setup);
  const inBrowser = setups.filter((setup) => !isAgentSetup(setup));
  const marked = <Value>(of: (setup: Setup) => Value) => [...new Set(inBrowser.map(of))];
  return {
    modelIds: marked(({ modelId }) => modelId),
    backends: [...new Set(setups.flatMap(({ place }) => (place.kind === 'browser' ? [place.backend] : [])))],
    inputSizes: marked(({ inputSize }) => inputSize),
    pipelines: marked(({ pipeline }) => pipeline),
    agents: agentMarksOf(setups),
    sourceKeys: [...new Set(choices.map(({ sourceKey }) => sourceKey))],
    targetKind: sameTarget(target, QUICK_TARGET) ? 'quick' : sameTarget(target, FULL_TARGET) ? 'full' : 'own',
    ownTarget: target,
    replayFrames: replayFrames === 0 ? DEFAULT_REPLAY_FRAMES : replayFrames,
    replaySourceKey,
  };
}

/** True if the plan is every combination of its draft, in planOf()'s order. */
export function isEveryCombination(plan: RunPlan, at: Names): boolean {
  const again = planOf(draftOf(plan), at).plan.choices;
  return JSON.stringify(again.map(cell)) === JSON.stringify(filterPlan(plan, at).plan.choices.map(cell));
}

/** All input sizes that any of these models supports, ascending. */
export function sizesOf(modelIds: readonly string[], models: readonly ModelListing[]): readonly number[] {
  const sizes = models.filter(({ id }) => modelIds.includes(id)).flatMap(({ inputSizes }) => inputSizes);
  return [...new Set(sizes)].sort((a, b) => a - b);
}

/** Deselects sizes that no selected model supports, but keeps at least one. */
export function withModels(
  draft: PlanDraft,
  modelIds: readonly string[],
  models: readonly ModelListing[],
): PlanDraft {
  const offered = sizesOf(modelIds, models);
  const kept = draft.inputSizes.filter((size) => offered.includes(size));
  const inputSizes = kept.length > 0 ? kept : offered.slice(0, 1);
  return { ...draft, modelIds, inputSizes: modelIds.length === 0 ? draft.inputSizes : inputSizes };
}

export function targetOf({ targetKind, ownTarget }: PlanDraft): RunTarget {
  switch (targetKind) {
    case 'quick':
      return QUICK_TARGET;
    case 'full':
      return FULL_TARGET;
    case 'own':
      return ownTarget;
  }
}

/** One sentence on why it cannot be measured here; null where it can. */
function obstacle(
  { setup, sourceKey }: PlannedRun,
  replaySourceKey: string | null,
  at: Names,
): string | null {
  const place = isAgentSetup(setup) ? agentSetupObstacle(setup, at.agents) : modelObstacle(setup, at);
  if (place !== null) return place;
  const needed = sourceKey === REPLAY_KEY ? replaySourceKey : sourceKey;
  if (needed === null) return 'The replay has no source.';
  return at.sources.some(({ key }) => key === needed) ? null : `The source "${needed}" is not available.`;
}

function modelObstacle({ modelId, inputSize, pipeline }: Setup, { models }: Names): string | null {
  const model = models.find(({ id }) => id === modelId);
  if (model === undefined) return `The catalogue has no model "${modelId}".`;
  if (model.availability.kind === 'absent')
    return `"${model.name}" is not on this server. ${model.availability.howToGet}`;
  if (!model.inputSizes.includes(inputSize)) return `"${model.name}" does not support ${inputSize} px.`;
  if (!model.pipelines.includes(pipeline))
    return `"${model.name}" does not support the ${pipeline} pipeline.`;
  return null;
}

const cell = ({ setup, sourceKey }: PlannedRun) => [setupKey(setup), sourceKey];

function sameTarget(a: RunTarget, b: RunTarget): boolean {
  return a.frames === b.frames && a.seconds === b.seconds && a.warmUpFrames === b.warmUpFrames;
}
