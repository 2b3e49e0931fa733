/** Writes an imported model into the browser's private file system, or hands it back where there is none. */
import { keepModel, STORE_LOCK } from '../catalogue/browser-store.ts';
import type { ModelDescription } from '../catalogue/model-description.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { ImportFile } from '../model-import/import-model.ts';
import { messageOf } from './failure.ts';
import type { ImportAnswer } from './import-messages.ts';

type PageOnly = Extract<ImportAnswer, { kind: 'kept' }>['pageOnly'];

/**
 * @returns null when it is kept, else why not and the files themselves.
 * @throws ProblemError models-full
 */
export async function keepInBrowser(
  description: ModelDescription,
  files: readonly ImportFile[],
): Promise<PageOnly> {
  let root: FileSystemDirectoryHandle;
  try {
    root = await navigator.storage.getDirectory();
  } catch (error) {
    // Private windows refuse (SecurityError); plain-http addresses have no navigator.storage at all.
    return {
      reason: globalThis.isSecureContext ? messageOf(error) : 'it is open over plain http',
      files: files.map(({ path, bytes }) => ({ path, file: new Blob([bytes]) })),
    };
  }
  try {
    await navigator.locks.request(STORE_LOCK, () => keepModel(root, description, files));
    return null;
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    throw new ProblemError({ kind: 'models-full', megabytes: Math.ceil(bytes / 1e6) }, { cause: error });
  }
}
