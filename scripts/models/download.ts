/** Fetches a file to disk: resumes, retries, and keeps only a file with the right checksum. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sha256OfFile } from './checksum.ts';
import { fileSystemProblem, ModelsError } from './models-problem.ts';
import { PartialFile } from './partial-file.ts';
import { transfer, TransferInterrupted, type TransferOptions } from './transfer.ts';

export interface DownloadOptions extends TransferOptions {
  /** Of the whole file, lower-case hex; null if none is published. */
  readonly sha256: string | null;
  /** Pause before the n-th try without progress (1, 2, ...). */
  readonly pause: (n: number) => Promise<void>;
}

export interface Downloaded {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Attempts in a row without progress before giving up; received bytes stay for the next call. */
const TRIES_WITHOUT_PROGRESS = 4;

/**
 * @param target the finished file; until then the unfinished one is beside it.
 * @throws ModelsError unreachable, refused, web-page, other-size, broken-off, other-file, disk-full, not-writable
 */
export async function download(url: string, target: string, options: DownloadOptions): Promise<Downloaded> {
  const part = new PartialFile(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    const kept = await finished(target, options.sha256);
    if (kept !== null) return kept;
    await fetchAll(url, part, options);
    const sha256 = await sha256OfFile(part.path);
    const bytes = await part.size();
    if (options.bytes !== null && bytes !== options.bytes) {
      await part.discard();
      throw new ModelsError({ kind: 'other-size', url, expectedBytes: options.bytes, actualBytes: bytes });
    }
    if (options.sha256 !== null && sha256 !== options.sha256) {
      await part.discard();
      throw new ModelsError({
        kind: 'other-file',
        url,
        expectedSha256: options.sha256,
        actualSha256: sha256,
      });
    }
    await part.finish(target);
    return { path: target, bytes, sha256 };
  } catch (error) {
    throw fileSystemProblem(error, dirname(target));
  }
}

/** A file that an earlier call completed but that is not imported yet, if its checksum is known. */
async function finished(target: string, sha256: string | null): Promise<Downloaded | null> {
  const found = await stat(target).catch(() => null);
  if (found?.isFile() !== true || sha256 === null) return null;
  if ((await sha256OfFile(target)) === sha256) return { path: target, bytes: found.size, sha256 };
  await rm(target);
  return null;
}

async function fetchAll(url: string, part: PartialFile, options: DownloadOptions): Promise<void> {
  let farthest = (await part.resumable(url))?.bytes ?? 0;
  let idle = 0;
  for (;;) {
    try {
      await transfer(url, part, options);
      return;
    } catch (error) {
      if (!(error instanceof TransferInterrupted)) throw error;
      const bytes = await part.size();
      idle = bytes > farthest ? 1 : idle + 1;
      farthest = Math.max(farthest, bytes);
      if (idle > TRIES_WITHOUT_PROGRESS) {
        throw new ModelsError({ kind: 'broken-off', url, bytes, detail: error.message }, { cause: error });
      }
      await options.pause(idle);
    }
  }
}
