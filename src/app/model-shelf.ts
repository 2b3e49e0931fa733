/** What can be chosen by now: the server's models and those that the browser keeps, listed anew after every change. */
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { KeptModels } from './kept-models.ts';
import {
  createModelLibrary,
  fetchServedModels,
  type ModelLibrary,
  type ServedModels,
} from './model-library.ts';

export interface ModelShelf {
  /** null until it was fetched. */
  library(): ModelLibrary | null;
  /** @throws ProblemError source-unreachable, catalogue-invalid, model-index-invalid */
  fetch(): Promise<ModelLibrary>;
  /** Lists anew what the browser keeps; null before the first fetch. */
  refresh(): Promise<ModelLibrary | null>;
  /** The catalogue's own words on a model; null where it has none. */
  catalogued(modelId: string): CatalogueEntry | null;
}

/** @param baseUrl absolute URL of the folder that holds models/, ending in a slash */
export function createModelShelf(baseUrl: string, kept: KeptModels): ModelShelf {
  let served: ServedModels | null = null;
  let library: ModelLibrary | null = null;

  async function refresh(): Promise<ModelLibrary | null> {
    if (served === null) return null;
    library = createModelLibrary(served, baseUrl, await kept.list());
    return library;
  }

  return {
    library: () => library,
    async fetch() {
      const models = await fetchServedModels(baseUrl);
      served = models;
      library = createModelLibrary(models, baseUrl, await kept.list());
      return library;
    },
    refresh,
    catalogued: (modelId) => served?.catalogue.models.find(({ id }) => id === modelId) ?? null,
  };
}
