/** A plan of an evaluation while it is being made: marks on four axes, and which combinations can be scored here. */
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

/** Every combination of the marks that can be scored here, models outermost, agents after them. */
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
  if (model === undefined) return `There is no model "${modelId}" in the catalogue.`;
  if (!model.inputSizes.includes(inputSize)) return `"${model.name}" cannot do ${inputSize} px.`;
  if (!model.pipelines.includes(pipeline)) return `"${model.name}" cannot run the pipeline ${pipeline}.`;
  if (pipeline === 'stock' && preprocessing !== 'fit') {
    return `The stock pipeline scales the longest side by itself: it has no pre-processing "${preprocessing}".`;
  }
  if (pipeline === 'stock' && upsampling !== 'aligned') {
    return 'The stock pipeline scales its labels back by itself: align_corners cannot be chosen.';
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
