/** Extracts the network from a publisher's archive. */
import { Gunzip } from 'fflate';
import { unpackTar } from 'modern-tar';
import { ProblemError } from '../domain/problems/problem.ts';
import type { ImportFile } from './import-model.ts';

/** The largest published archive unpacks to 450 MB; a small file that unpacks to more is not a model. */
const UNPACKED_LIMIT_BYTES = 1024 * 1024 * 1024;

/** Input per step, so that a decompression bomb is stopped soon after the limit. */
const STEP_BYTES = 64 * 1024;

const USTAR = [0x75, 0x73, 0x74, 0x61, 0x72];

const WANTED = /(^|\/)(frozen_inference_graph\.pb|[^/]+\.pb|[^/]+\.tflite|model\.json|[^/]+\.bin)$/;

/**
 * @param file a .tar.gz, .tgz or .tar, recognised by its content; any other file is returned unchanged.
 * @returns the .tflite if there is one, otherwise the frozen graph, otherwise everything that may belong to a model.
 * @throws ProblemError import-damaged, import-not-a-model
 */
export async function unpackArchive(file: ImportFile): Promise<readonly ImportFile[]> {
  const gzipped = file.bytes[0] === 0x1f && file.bytes[1] === 0x8b;
  const bytes = gzipped ? gunzip(file) : file.bytes;
  if (!isTar(bytes)) {
    if (!gzipped) return [file];
    return [{ path: file.path.replace(/\.gz$/i, ''), bytes }];
  }
  const entries = await unpackTar(bytes, { filter: (header) => WANTED.test(header.name) }).catch(
    (error: unknown) => damaged(file, error),
  );
  const found = entries.flatMap(({ header, data }) =>
    data === undefined ? [] : [{ path: header.name, bytes: data }],
  );
  // Only the archives of 8-bit networks hold one: there the frozen graph is the float network that imitates 8 bits.
  const quantised = found.find(({ path }) => path.endsWith('.tflite'));
  if (quantised !== undefined) return [quantised];
  // The files of the checkpoint beside the frozen graph are not needed.
  const frozen = found.find(({ path }) => /(^|\/)frozen_inference_graph\.pb$/.test(path));
  if (frozen !== undefined) return [frozen];
  if (found.length > 0) return found;
  throw new ProblemError({
    kind: 'import-not-a-model',
    fileName: file.path,
    detail: 'the archive contains no .pb, .tflite or model.json',
  });
}

/** The mark "ustar" is at byte 257 of every tar written since 1988. */
function isTar(bytes: Uint8Array): boolean {
  return USTAR.every((byte, i) => bytes[257 + i] === byte);
}

function gunzip(file: ImportFile): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Gunzip((chunk) => {
    chunks.push(chunk);
    length += chunk.length;
  });
  try {
    for (let from = 0; from < file.bytes.length; from += STEP_BYTES) {
      const to = from + STEP_BYTES;
      stream.push(file.bytes.subarray(from, to), to >= file.bytes.length);
      if (length > UNPACKED_LIMIT_BYTES) {
        throw new RangeError(`it unpacks to more than ${UNPACKED_LIMIT_BYTES / 1024 / 1024} MB`);
      }
    }
    // Gunzip returns the beginning of a truncated file without an error; the last field of every gzip file is its
    // length (RFC 1952).
    if (length !== lastUint32(file.bytes)) throw new Error('it is truncated');
  } catch (error) {
    return damaged(file, error);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function lastUint32(bytes: Uint8Array): number {
  return bytes.length < 4
    ? 0
    : new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}

function damaged(file: ImportFile, error: unknown): never {
  throw new ProblemError(
    {
      kind: 'import-damaged',
      fileName: file.path,
      detail: error instanceof Error ? error.message : String(error),
    },
    { cause: error },
  );
}
