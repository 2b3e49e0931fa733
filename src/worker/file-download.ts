/** Fetches one file of a model with progress, and checks its size and SHA-256. */
import type { FileChecksum } from '../domain/measuring/configuration.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { ModelFile } from '../catalogue/model-to-load.ts';
import { sha256Hex } from './sha256.ts';

export interface DownloadedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly checksum: FileChecksum;
}

/**
 * @param onBytes called with the number of bytes that have just arrived.
 * @throws ProblemError model-file-missing (status 0: no answer; 200: a web page instead of the file),
 *   model-file-truncated, model-file-corrupt
 */
export async function downloadFile(
  file: ModelFile,
  onBytes: (count: number) => void,
): Promise<DownloadedFile> {
  const response = await fetch(file.url).catch((error: unknown) => {
    throw new ProblemError({ kind: 'model-file-missing', file: file.path, status: 0 }, { cause: error });
  });
  // Servers of single-page apps answer every unknown path with their index.html and status 200.
  const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html');
  if (!response.ok || isPage) {
    await response.body?.cancel();
    throw new ProblemError({ kind: 'model-file-missing', file: file.path, status: response.status });
  }
  const bytes = await readBody(response, file, onBytes);
  if (file.bytes !== null && bytes.length < file.bytes) throw truncated(file, file.bytes, bytes.length);
  const sha256 = await sha256Hex(bytes);
  if (
    (file.bytes !== null && bytes.length > file.bytes) ||
    (file.sha256 !== null && sha256 !== file.sha256)
  ) {
    throw new ProblemError({ kind: 'model-file-corrupt', file: file.path });
  }
  return { bytes, checksum: { path: file.path, bytes: bytes.length, sha256 } };
}

async function readBody(
  response: Response,
  file: ModelFile,
  onBytes: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      chunks.push(part.value);
      length += part.value.length;
      onBytes(part.value.length);
    }
  } catch (error) {
    // The connection broke off.
    if (file.bytes !== null) throw truncated(file, file.bytes, length, error);
    throw new ProblemError({ kind: 'model-file-missing', file: file.path, status: 0 }, { cause: error });
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function truncated(file: ModelFile, expectedBytes: number, actualBytes: number, cause?: unknown) {
  return new ProblemError(
    { kind: 'model-file-truncated', file: file.path, expectedBytes, actualBytes },
    { cause },
  );
}
