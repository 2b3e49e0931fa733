/** Fits the wanted setup to the model, so that a switch of the model never asks for something it cannot do. */
import type { WantedSetup } from '../../domain/setup.ts';
import { DEFAULT_WANTED } from '../../app/session-store.ts';
import type { ModelLibrary } from '../../app/model-library.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';

/** An unsupported pipeline becomes ours, an unsupported size the nearest one. For an unlisted model nothing changes. */
export function fitWanted(wanted: WantedSetup, library: Pick<ModelLibrary, 'listing'>): WantedSetup {
  const listing = library.listing(wanted.modelId);
  if (listing === null) return wanted;
  const pipeline = listing.pipelines.includes(wanted.pipeline) ? wanted.pipeline : 'ours';
  const nearest = [...listing.inputSizes].sort(
    (a, b) => Math.abs(a - wanted.inputSize) - Math.abs(b - wanted.inputSize),
  )[0];
  return { ...wanted, pipeline, inputSize: nearest ?? wanted.inputSize };
}

/** A link or an earlier visit may name a model that is missing: the page says so and runs the embedded one instead. */
export function startableWanted(
  wanted: WantedSetup,
  library: Pick<ModelLibrary, 'listing'>,
  notices: NoticeBoard,
): WantedSetup {
  const { modelId } = wanted;
  const listing = library.listing(modelId);
  if (listing?.availability.kind === 'ready') return wanted;
  notices.problem({ kind: listing === null ? 'model-unknown' : 'model-absent', modelId });
  return { ...wanted, modelId: DEFAULT_WANTED.modelId };
}
