/** Resolves a catalogue entry to the files a worker fetches, each with its expected size and SHA-256. */
import { classNamesOf, type ClassListId } from '../domain/labels/class-list.ts';
import type { Pipeline } from '../domain/measuring/configuration.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { CatalogueEntry, GraphPadding } from './catalogue.ts';
import { filesOf, type LocalIndex } from './local-index.ts';
import { isShardOf } from './resolve-models.ts';

/** A file that the worker fetches; a check is skipped if its expectation is null. */
export interface ModelFile {
  /** Path below the model's folder, for messages and checksums. */
  readonly path: string;
  /** Absolute. */
  readonly url: string;
  readonly bytes: number | null;
  readonly sha256: string | null;
}

/** Everything the worker needs to know about a model. */
export interface ModelToLoad {
  readonly id: string;
  readonly name: string;
  readonly runtime: 'tfjs' | 'litert';
  /** The model.json or .tflite to run: for the stock pipeline the variant made for it. */
  readonly graph: ModelFile;
  /** All shards the graph may name; files not listed here are fetched beside the graph, unchecked. */
  readonly shards: readonly ModelFile[];
  readonly padding: GraphPadding;
  readonly precision: string;
  readonly classList: ClassListId | null;
  readonly classNames: readonly string[];
}

/**
 * @param baseUrl absolute URL of the folder that holds models/, ending in a slash, for instance
 *   "http://localhost:4173/" (new URL('.', document.baseURI))
 * @param keptAt URL of a file that the browser stores; null for any other
 * @throws ProblemError model-absent if the graph is not on this server, model-invalid if the entry has no graph for
 * this pipeline
 */
export function modelToLoad(
  entry: CatalogueEntry,
  index: LocalIndex,
  baseUrl: string,
  pipeline: Pipeline,
  keptAt: (path: string) => string | null = () => null,
): ModelToLoad {
  const { id, name, runtime, folder, padding, precision } = entry;
  const graphPath = pipeline === 'stock' ? entry.stockGraph : entry.graph;
  if (graphPath === null) {
    throw new ProblemError({ kind: 'model-invalid', modelId: id, detail: 'it has no graph for segment()' });
  }
  const local = filesOf(index, folder);
  if (!local.some(({ path }) => path === graphPath)) {
    throw new ProblemError({ kind: 'model-absent', modelId: id });
  }
  const fileToLoad = (path: string): ModelFile => {
    const known = [...entry.files, ...local].find((file) => file.path === path);
    const escaped = [folder, ...path.split('/')].map(encodeURIComponent).join('/');
    return {
      path,
      url: keptAt(path) ?? `${baseUrl}models/${escaped}`,
      bytes: known?.bytes ?? null,
      sha256: known?.sha256 ?? null,
    };
  };
  const shards = new Set([...entry.files, ...local].map(({ path }) => path));
  return {
    id,
    name,
    runtime,
    graph: fileToLoad(graphPath),
    shards: [...shards].filter((path) => isShardOf(graphPath, path)).map(fileToLoad),
    padding,
    precision,
    classList: entry.classList,
    classNames: classNamesOf(entry.classList, entry.classes),
  };
}
