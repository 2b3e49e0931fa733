/** A plan of an evaluation while it is being made: marks on four axes, and which combinations can be scored here. */
import type { Upsampling } from '../../../domain/axis-weights.ts';
import type { Backend } from '../../../domain/backend.ts';
import type { Pipeline, Preprocessing } from '../../../domain/configuration.ts';
import type { EvaluationChoice, EvaluationPlan } from '../../../domain/evaluation.ts';
import type { ModelListing } from '../../../state/session-store.ts';

export interface EvaluationDraft {
  readonly modelIds: readonly string[];
  readonly backends: readonly Backend[];
  readonly preprocessings: readonly Preprocessing[];
  readonly upsamplings: readonly Upsampling[];
  readonly inputSizes: readonly number[];
  readonly pipelines: readonly Pipeline[];
  readonly list: string | null;
  readonly limit: number | null;
}

/** Combinations that are not in the plan, by their common reason. */
export interface LeftOut {
  /** One sentence. */
  readonly reason: string;
  readonly count: number;
}

export interface MadeEvaluation {
  readonly plan: EvaluationPlan;
  readonly leftOut: readonly LeftOut[];
}

/** Every combination of the marks that can be scored here, models outermost. */
export function evaluationOf(draft: EvaluationDraft, models: readonly ModelListing[]): MadeEvaluation {
  const { modelIds, backends, preprocessings, upsamplings, inputSizes, pipelines, list, limit } = draft;
  const all: readonly EvaluationChoice[] = modelIds.flatMap((modelId) =>
    inputSizes.flatMap((inputSize) =>
      preprocessings.flatMap((preprocessing) =>
        upsamplings.flatMap((upsampling) =>
          pipelines.flatMap((pipeline) =>
            backends.map((backend) => ({
              ...{ modelId, backend, inputSize, pipeline, preprocessing },
              ...(upsampling !== 'aligned' && { upsampling }),
            })),
          ),
        ),
      ),
    ),
  );
  const leftOut = new Map<string, number>();
  const choices = all.filter((choice) => {
    const reason = obstacle(choice, models);
    if (reason !== null) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
    return reason === null;
  });
  return {
    plan: { choices, list, limit },
    leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })),
  };
}

/** Why a choice cannot be scored here, in one sentence; null where it can. */
function obstacle(
  { modelId, inputSize, pipeline, preprocessing, upsampling }: EvaluationChoice,
  models: readonly ModelListing[],
): string | null {
  const model = models.find(({ id }) => id === modelId);
  if (model === undefined) return `There is no model "${modelId}" in the catalogue.`;
  if (!model.inputSizes.includes(inputSize)) return `"${model.name}" cannot do ${String(inputSize)} px.`;
  if (!model.pipelines.includes(pipeline)) return `"${model.name}" cannot run the pipeline ${pipeline}.`;
  if (pipeline === 'stock' && preprocessing !== 'fit') {
    return `The stock pipeline scales the longest side by itself: it has no pre-processing "${preprocessing}".`;
  }
  if (pipeline === 'stock' && upsampling !== undefined) {
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
