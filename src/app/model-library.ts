/** Fetches the catalogue and the list of model folders, and answers what can be loaded from where. */
import { parseCatalogue, type Catalogue } from '../catalogue/catalogue.ts';
import { parseLocalIndex, type LocalIndex } from '../catalogue/local-index.ts';
import { toListing } from '../catalogue/model-listing.ts';
import { modelToLoad, type ModelToLoad } from '../catalogue/model-to-load.ts';
import { resolveModels } from '../catalogue/resolve-models.ts';
import type { Pipeline } from '../domain/measuring/configuration.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { ModelListing } from './session-store.ts';
import type { KeptModel } from './kept-models.ts';

export interface ModelLibrary {
  readonly models: readonly ModelListing[];
  listing(modelId: string): ModelListing | null;
  /** @throws ProblemError model-unknown, model-absent, model-invalid */
  modelToLoad(modelId: string, pipeline: Pipeline): ModelToLoad;
}

/** What the server has: the catalogue, and the folders that are really there. */
export interface ServedModels {
  readonly catalogue: Catalogue;
  readonly index: LocalIndex;
}

/**
 * @param baseUrl absolute URL of the folder that holds models/, ending in a slash
 * @throws ProblemError source-unreachable, catalogue-invalid, model-index-invalid
 */
export async function fetchServedModels(baseUrl: string): Promise<ServedModels> {
  const [catalogue, index] = await Promise.all([
    fetchJson(`${baseUrl}models/catalogue.json`).then(parseCatalogue),
    fetchJson(`${baseUrl}models/index.json`).then(parseLocalIndex),
  ]);
  return { catalogue, index };
}

/** A kept model stands in the place of the server's folder of the same name. */
export function createModelLibrary(
  { catalogue, index }: ServedModels,
  baseUrl: string,
  kept: readonly KeptModel[],
): ModelLibrary {
  const keptIn = new Map(kept.map((model) => [model.folder.folder, model]));
  const all: LocalIndex = {
    ...index,
    folders: [
      ...index.folders.filter(({ folder }) => !keptIn.has(folder)),
      ...kept.map(({ folder }) => folder),
    ],
  };
  const resolved = resolveModels(catalogue, all);
  const models = resolved.map((model) => {
    const own = keptIn.get(model.entry.folder) ?? null;
    const { download } = model.entry;
    return {
      ...toListing(model),
      kept: own === null ? null : { bytes: own.bytes, pageOnly: own.pageOnly },
      download:
        download === null || own !== null
          ? null
          : { host: new URL(download.url).host, bytes: download.bytes },
    };
  });
  return {
    models,
    listing: (modelId) => models.find(({ id }) => id === modelId) ?? null,
    modelToLoad(modelId, pipeline) {
      const model = resolved.find(({ entry }) => entry.id === modelId);
      if (model === undefined) throw new ProblemError({ kind: 'model-unknown', modelId });
      const own = keptIn.get(model.entry.folder);
      return modelToLoad(model.entry, all, baseUrl, pipeline, (path) => own?.urlOf(path) ?? null);
    },
  };
}

async function fetchJson(url: string): Promise<unknown> {
  const what = url.slice(url.lastIndexOf('models/'));
  try {
    const response = await fetch(url, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as unknown;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError({ kind: 'source-unreachable', what, detail }, { cause: error });
  }
}
