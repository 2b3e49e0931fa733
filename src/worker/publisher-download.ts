/** Fetches a model's files from its publisher or a mirror. */
import type { ModelDownload } from '../catalogue/catalogue.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { ImportFile } from '../model-import/import-model.ts';
import { readGraphModelFile } from '../model-import/graph-model-file.ts';
import { downloadFile } from './file-download.ts';

/**
 * Tries the publisher's own address first, then the mirrors.
 * @param onBytes bytes of the catalogued file so far; the total is null if unknown.
 * @throws ProblemError download-forbidden if no server answered (browsers do not distinguish a CORS refusal from a
 * server that is down), download-failed, model-file-truncated, model-file-corrupt
 */
export async function downloadFromPublisher(
  modelId: string,
  download: ModelDownload,
  onBytes: (loadedBytes: number, totalBytes: number | null) => void,
): Promise<readonly ImportFile[]> {
  let first: unknown = null;
  for (const url of [download.url, ...download.mirrors]) {
    try {
      return await filesAt(url, modelId, download, onBytes);
    } catch (error) {
      first ??= toldBy(error, url, modelId);
    }
  }
  throw first;
}

async function filesAt(
  url: string,
  modelId: string,
  { archiveFormat, bytes, sha256 }: ModelDownload,
  onBytes: (loadedBytes: number, totalBytes: number | null) => void,
): Promise<readonly ImportFile[]> {
  let loaded = 0;
  const onMore = (count: number) => {
    loaded += count;
    onBytes(loaded, bytes);
  };
  const path = new URL(url).pathname.split('/').at(-1) ?? modelId;
  const file = await downloadFile({ path, url, bytes, sha256 }, onMore);
  if (archiveFormat !== 'tfjs') return [{ path, bytes: file.bytes }];
  const graph = readGraphModelFile(JSON.parse(new TextDecoder().decode(file.bytes)) as unknown, modelId);
  const shards = await Promise.all(
    graph.shardPaths.map(async (shard) => {
      const address = new URL(shard, url).href;
      const { bytes: weights } = await downloadFile(
        { path: shard, url: address, bytes: null, sha256: null },
        onMore,
      );
      return { path: shard, bytes: weights };
    }),
  );
  return [{ path: 'model.json', bytes: file.bytes }, ...shards];
}

function toldBy(error: unknown, url: string, modelId: string): unknown {
  if (!(error instanceof ProblemError) || error.problem.kind !== 'model-file-missing') return error;
  const { host } = new URL(url);
  const { status } = error.problem;
  return new ProblemError(
    status === 0
      ? { kind: 'download-forbidden', host, modelId }
      : {
          kind: 'download-failed',
          host,
          modelId,
          detail: status === 200 ? 'it sent a web page instead' : `HTTP ${status}`,
        },
    { cause: error },
  );
}
