/** Fetches a model: its model.json, then all its shards in parallel. */
import type { FileChecksum } from '../domain/measuring/configuration.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { GraphModelFile } from '../model-import/graph-model-file.ts';
import { readGraphModelFile } from '../model-import/graph-model-file.ts';
import { downloadFile } from './file-download.ts';
import type { ModelFile, ModelToLoad } from '../catalogue/model-to-load.ts';

export interface DownloadedModel {
  readonly graph: GraphModelFile;
  /** In the order of the manifest. */
  readonly shards: readonly ArrayBuffer[];
  /** model.json first. */
  readonly files: readonly FileChecksum[];
}

/**
 * @param onProgress bytes so far, and the total if every size is known beforehand.
 * @throws ProblemError model-file-missing, -truncated, -corrupt, model-invalid
 */
export async function downloadModel(
  model: ModelToLoad,
  onProgress: (loadedBytes: number, totalBytes: number | null) => void,
): Promise<DownloadedModel> {
  let loadedBytes = 0;
  let totalBytes = totalOf([model.graph, ...model.shards]);
  const onBytes = (count: number) => {
    loadedBytes += count;
    onProgress(loadedBytes, totalBytes);
  };
  const graphFile = await downloadFile(model.graph, onBytes);
  const graph = readGraphModelFile(parseJson(graphFile.bytes, model), model.id);
  const wanted = graph.shardPaths.map((path) => shardFile(path, model));
  totalBytes = totalOf([model.graph, ...wanted]);
  const shards = await Promise.all(wanted.map((file) => downloadFile(file, onBytes)));
  const weightBytes = shards.reduce((sum, shard) => sum + shard.bytes.length, 0);
  if (weightBytes !== graph.weightBytes) {
    throw new ProblemError({
      kind: 'model-invalid',
      modelId: model.id,
      detail: `its shards hold ${weightBytes} bytes, its model.json names ${graph.weightBytes}`,
    });
  }
  return {
    graph,
    shards: shards.map((shard) => shard.bytes.buffer),
    files: [graphFile.checksum, ...shards.map((shard) => shard.checksum)],
  };
}

/** The manifest names shards beside the model.json; one that the catalogue does not list is fetched unchecked. */
function shardFile(path: string, model: ModelToLoad): ModelFile {
  const folder = model.graph.path.slice(0, model.graph.path.lastIndexOf('/') + 1);
  const listed = model.shards.find((shard) => shard.path === folder + path);
  // A blob: URL has no siblings: the files that the browser keeps are always listed.
  return (
    listed ?? {
      path: folder + path,
      url: URL.parse(path, model.graph.url)?.href ?? path,
      bytes: null,
      sha256: null,
    }
  );
}

function totalOf(files: readonly ModelFile[]): number | null {
  return files.reduce<number | null>(
    (sum, file) => (sum === null || file.bytes === null ? null : sum + file.bytes),
    0,
  );
}

function parseJson(bytes: Uint8Array, model: ModelToLoad): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new ProblemError(
      { kind: 'model-invalid', modelId: model.id, detail: `${model.graph.path} is not JSON` },
      { cause: error },
    );
  }
}
