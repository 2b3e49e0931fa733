/** An evaluation plan being edited: the selected options, and which combinations can be scored here. */
import type { Upsampling } from '../../../../domain/labels/axis-weights.ts';
import type { Backend } from '../../../../domain/backend.ts';
import type { Pipeline, Preprocessing } from '../../../../domain/measuring/configuration.ts';
import type { EvaluationPlan } from '../../../../domain/accuracy/evaluation.ts';
import { browserSetup, type BrowserSetup, type Setup } from '../../../../domain/setup.ts';
import type { AgentState } from '../../../agents/agent-store.ts';
import type { ModelListing } from '../../../../app/session-store.ts';
import { agentSetupObstacle, agentSetupsOf, type AgentMarks } from '../../../runs/ui/plan/agent-plan.ts';
import type { LeftOut } from '../../../../ui-kit/LeftOutList.tsx';

export interface EvaluationDraft {
  readonly modelIds: readonly string[];
  readonly backends: readonly Backend[];
  readonly preprocessings: readonly Preprocessing[];
  readonly upsamplings: readonly Upsampling[];
  readonly inputSizes: readonly number[];
  readonly pipelines: readonly Pipeline[];
  readonly agents: AgentMarks;
  readonly list: string | null;
  readonly limit: number | null;
}

export interface MadeEvaluation {
  readonly plan: EvaluationPlan;
  readonly leftOut: readonly LeftOut[];
}

/** Every combination of the selected options that can be scored here, models outermost, agents last. */
export function evaluationOf(
  draft: EvaluationDraft,
  models: readonly ModelListing[],
  agents: readonly AgentState[] = [],
): MadeEvaluation {
  const { modelIds, backends, preprocessings, upsamplings, inputSizes, pipelines, list, limit } = draft;
  const inBrowser = modelIds.flatMap((modelId) =>
    inputSizes.flatMap((inputSize) =>
      preprocessings.flatMap((preprocessing) =>
        upsamplings.flatMap((upsampling) =>
          pipelines.flatMap((pipeline) =>
            backends.map((backend) =>
              browserSetup(modelId, inputSize, backend, { pipeline, preprocessing, upsampling }),
            ),
          ),
        ),
      ),
    ),
  );
  const leftOut = new Map<string, number>();
  const passes = (reason: string | null) => {
    if (reason !== null) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
    return reason === null;
  };
  const choices: readonly Setup[] = [
    ...inBrowser.filter((setup) => passes(obstacle(setup, models))),
    // Pictures of an evaluation always go up raw.
    ...agentSetupsOf({ ...draft.agents, codecs: ['rgb8'] }, agents)
      .filter((setup) => passes(agentSetupObstacle(setup, agents)))
      .flatMap((setup) => preprocessings.map((preprocessing) => ({ ...setup, preprocessing }))),
  ];
  return {
    plan: { choices, list, limit },
    leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })),
  };
}

/** Why a setup cannot be scored here, in one sentence; null where it can. */
function obstacle(
  { modelId, inputSize, pipeline, preprocessing, upsampling }: BrowserSetup,
  models: readonly ModelListing[],
): string | null {
  const model = models.find(({ id }) => id === modelId);
  if (model === undefined) return `The catalogue has no model "${modelId}".`;
  if (!model.inputSizes.includes(inputSize)) return `"${model.name}" does not support ${inputSize} px.`;
  if (!model.pipelines.includes(pipeline))
    return `"${model.name}" does not support the ${pipeline} pipeline.`;
  if (pipeline === 'stock' && preprocessing !== 'fit') {
    return `The stock pipeline does its own scaling and has no pre-processing "${preprocessing}".`;
  }
  if (pipeline === 'stock' && upsampling !== 'aligned') {
    return 'The stock pipeline does its own upsampling: align_corners cannot be chosen.';
  }
  return null;
}

/** Pictures that a plan scores per configuration. */
export function plannedPictures(
  { list, limit }: Pick<EvaluationPlan, 'list' | 'limit'>,
  { pairs, lists }: { readonly pairs: number; readonly lists: readonly { name: string; pairs: number }[] },
): number {
  const listed = lists.find(({ name }) => name === list)?.pairs ?? pairs;
  return limit === null ? listed : Math.min(limit, listed);
}
