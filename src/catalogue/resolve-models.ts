/** Combines the catalogue with the folders: which models are present, and which are only known. */
import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import { asInstalled } from './model-description.ts';
import { filesOf, type LocalFolder, type LocalIndex } from './local-index.ts';

export interface ResolvedModel {
  readonly entry: CatalogueEntry;
  /** True if its graph is on this server; a missing shard is found when the model is loaded. */
  readonly present: boolean;
  /** Graph and shards of our pipeline together; null if not known beforehand. */
  readonly bytes: number | null;
}

/** Graphs of published DeepLab exports pad their picture to this side themselves. */
const ZOO_SIZE = 513;

/** The catalogue's models in its order, then those found in other folders, by name. */
export function resolveModels(catalogue: Catalogue, index: LocalIndex): readonly ResolvedModel[] {
  const known = new Set(catalogue.models.map(({ folder }) => folder));
  const found = index.folders.filter(({ folder }) => !known.has(folder)).flatMap(describeFound);
  const taken = new Set(catalogue.models.map(({ id }) => id));
  const named = found.map((entry) => {
    let id = entry.id;
    while (taken.has(id)) id += '--found';
    taken.add(id);
    return { ...entry, id };
  });
  const listed = catalogue.models.map((entry) => {
    const installed = index.folders.find(({ folder }) => folder === entry.folder)?.described ?? null;
    return installed?.id === entry.id ? asInstalled(entry, installed) : entry;
  });
  return [...listed, ...named].map((entry) => resolve(entry, index));
}

function resolve(entry: CatalogueEntry, index: LocalIndex): ResolvedModel {
  const local = filesOf(index, entry.folder);
  const files = loadedFiles(entry, entry.files.length > 0 ? entry.files : local);
  return {
    entry,
    present: local.some(({ path }) => path === entry.graph),
    bytes: files.length === 0 ? null : files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** The graph and everything beside it that is not another graph: the most that running it can load. */
function loadedFiles<File extends { readonly path: string }>(
  { graph }: CatalogueEntry,
  files: readonly File[],
): readonly File[] {
  return files.filter(({ path }) => path === graph || isShardOf(graph, path));
}

/** True for a file in the graph's own folder that can hold weights. */
export function isShardOf(graph: string, path: string): boolean {
  return parentOf(path) === parentOf(graph) && !/\.(json|md|txt|pb|tflite|license)$/i.test(path);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/**
 * The entry that an import wrote; otherwise one per model.json, whose id is the folder, plus the sub-folder if there
 * are several.
 */
function describeFound({ folder, files, described }: LocalFolder): readonly CatalogueEntry[] {
  if (described !== null) return [described];
  const graphs = files.map(({ path }) => path).filter((path) => /(^|\/)model\.json$/.test(path));
  return graphs.map((graph) => {
    const inner = parentOf(graph).slice(0, -1);
    const label = graphs.length === 1 || inner === '' ? folder : `${folder}/${inner}`;
    return {
      id: label.replaceAll('/', '--'),
      name: `${label} (found in models folder)`,
      folder,
      runtime: 'tfjs',
      classList: 'voc',
      classes: 21,
      architecture: null,
      backbone: null,
      depthMultiplier: null,
      outputStride: null,
      inputSizes: [ZOO_SIZE],
      padding: { kind: 'inside', size: ZOO_SIZE },
      trainingSplit: 'unknown',
      precision: 'unknown',
      licence: 'unknown',
      source: `models/${folder}`,
      published: null,
      multiplyAdds: null,
      graph,
      stockGraph: graph,
      edgeTpuTwin: null,
      files: [],
      download: null,
      howToGet: `Place its files in models/${folder}/ and reload.`,
    };
  });
}
