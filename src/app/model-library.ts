/** The models that the user can currently choose: the server's and those stored in the browser. */
import { parseCatalogue, type Catalogue, type CatalogueEntry } from '../catalogue/catalogue.ts';
import { parseLocalIndex, type LocalIndex } from '../catalogue/local-index.ts';
import { toListing } from '../catalogue/model-listing.ts';
import { modelToLoad, type ModelToLoad } from '../catalogue/model-to-load.ts';
import { resolveModels } from '../catalogue/resolve-models.ts';
import type { Pipeline } from '../domain/measuring/configuration.ts';
import { problemOf, ProblemError, type Problem } from '../domain/problems/problem.ts';
import type { CatalogueStatus, ModelListing } from './session-store.ts';
import type { KeptModel, KeptModels } from './kept-models.ts';

export interface ModelLibrary {
  /** Resolves when the catalogue has been read or has failed. Until then no model is known. */
  readonly settled: Promise<void>;
  readonly listing: (modelId: string) => ModelListing | null;
  /** The catalogue's entry for a model; null if it has none. */
  readonly catalogued: (modelId: string) => CatalogueEntry | null;
  /** @throws ProblemError model-unknown, model-absent, model-invalid, or why there is no catalogue (yet) */
  readonly modelToLoad: (modelId: string, pipeline: Pipeline) => ModelToLoad;
  /** Lists the kept models again; does nothing without a catalogue. */
  readonly refresh: () => Promise<void>;
}

/** The server's models: the catalogue, and the folders that really exist. */
interface ServedModels {
  readonly catalogue: Catalogue;
  readonly index: LocalIndex;
}

interface Shelf extends ServedModels, ReturnType<typeof listModels> {}

/**
 * Starts to read the catalogue at once.
 * @param baseUrl absolute URL of the folder that holds models/, ending in a slash
 * @param onStatus called before `settled`, and whenever the choice of models changes or cannot be read
 */
export function openModelLibrary(
  baseUrl: string,
  kept: Pick<KeptModels, 'list'>,
  onStatus: (status: CatalogueStatus) => void,
): ModelLibrary {
  let shelf: Shelf | null = null;
  let missing: Problem = { kind: 'catalogue-invalid', detail: 'it is still being fetched' };

  async function list(served: ServedModels): Promise<void> {
    shelf = { ...served, ...listModels(served, baseUrl, await kept.list()) };
    onStatus({ kind: 'ready', models: shelf.models });
  }

  async function open(): Promise<void> {
    try {
      await list(await fetchServedModels(baseUrl));
    } catch (error) {
      missing = problemOf(error, (detail) => ({ kind: 'catalogue-invalid', detail }));
      onStatus({ kind: 'failed', problem: missing });
    }
  }

  return {
    settled: open(),
    listing: (modelId) => shelf?.models.find(({ id }) => id === modelId) ?? null,
    catalogued: (modelId) => shelf?.catalogue.models.find(({ id }) => id === modelId) ?? null,
    modelToLoad(modelId, pipeline) {
      if (shelf === null) throw new ProblemError(missing);
      return shelf.modelToLoad(modelId, pipeline);
    },
    async refresh() {
      if (shelf !== null) await list(shelf);
    },
  };
}

/** @throws ProblemError source-unreachable, catalogue-invalid, model-index-invalid */
async function fetchServedModels(baseUrl: string): Promise<ServedModels> {
  const [catalogue, index] = await Promise.all([
    fetchJson(`${baseUrl}models/catalogue.json`).then(parseCatalogue),
    fetchJson(`${baseUrl}models/index.json`).then(parseLocalIndex),
  ]);
  return { catalogue, index };
}

/** A kept model replaces the server's folder of the same name. */
function listModels({ catalogue, index }: ServedModels, baseUrl: string, kept: readonly KeptModel[]) {
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
    modelToLoad(modelId: string, pipeline: Pipeline): ModelToLoad {
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
