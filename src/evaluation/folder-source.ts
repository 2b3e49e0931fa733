/** Walks dropped or picked folders, files and zips down to their files, without reading any. */
import type { Skipped } from '../domain/accuracy/evaluation.ts';
import { listZip, type DataSetFile } from './zip-archive.ts';

/**
 * A dropped or picked folder: an entry of DataTransferItem.webkitGetAsEntry(), a handle of showDirectoryPicker(), the
 * files of <input webkitdirectory> (with webkitRelativePath), or one zip.
 */
export type FolderSource =
  | { readonly kind: 'entry'; readonly entry: FileSystemEntry }
  | { readonly kind: 'handle'; readonly handle: FileSystemDirectoryHandle }
  | { readonly kind: 'files'; readonly files: readonly File[] }
  | { readonly kind: 'zip'; readonly file: File };

export interface FolderListing {
  readonly name: string;
  readonly files: readonly DataSetFile[];
  /** Folders and files that the browser may not read; the walk went on. */
  readonly skipped: readonly Skipped[];
}

/** Files between two reports and checks of the signal. */
const STEP = 200;
/** Files between two yields to the page: a list of files in memory never waits for anything. */
const BREATH = 5000;

/** Yields to the page. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/**
 * @param onSeen called from time to time with the number of files so far
 * @throws the signal's reason; ProblemError dataset-unreadable for a file that is not a zip
 */
export async function listFolder(
  source: FolderSource,
  onSeen: (files: number) => void,
  signal: AbortSignal,
): Promise<FolderListing> {
  const name = nameOf(source);
  const skipped: Skipped[] = [];
  const files: DataSetFile[] = [];
  const forbidden = (path: string, error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    skipped.push({
      name: path.slice(path.lastIndexOf('/') + 1),
      reason: 'no-permission',
      sentence: `"${path}" cannot be read (${detail.replace(/\.$/, '')}).`,
    });
  };
  for await (const file of walk(source, forbidden)) {
    files.push(file);
    if (files.length % BREATH === 0) await nextTurn();
    if (files.length % STEP > 0) continue;
    signal.throwIfAborted();
    onSeen(files.length);
  }
  signal.throwIfAborted();
  onSeen(files.length);
  return { name, files, skipped };
}

function nameOf(source: FolderSource): string {
  switch (source.kind) {
    case 'entry':
      return source.entry.name;
    case 'handle':
      return source.handle.name;
    case 'zip':
      return source.file.name;
    case 'files': {
      const [first] = source.files;
      const folder = first?.webkitRelativePath.split('/')[0] ?? '';
      return folder === '' ? (first?.name ?? 'empty folder') : folder;
    }
  }
}

type OnForbidden = (path: string, error: unknown) => void;

async function* walk(source: FolderSource, forbidden: OnForbidden): AsyncGenerator<DataSetFile> {
  switch (source.kind) {
    case 'entry':
      yield* walkEntry(source.entry, '', forbidden);
      return;
    case 'handle':
      yield* walkHandle(source.handle, '', forbidden);
      return;
    case 'zip':
      yield* await listZip(source.file);
      return;
    case 'files':
      for (const file of source.files) {
        const path = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
        yield { path, open: () => Promise.resolve(file) };
      }
  }
}

const isFolderHandle = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle =>
  handle.kind === 'directory';
const isFileHandle = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';

async function* walkHandle(
  folder: FileSystemDirectoryHandle,
  path: string,
  forbidden: OnForbidden,
): AsyncGenerator<DataSetFile> {
  try {
    for await (const handle of folder.values()) {
      const own = `${path}${handle.name}`;
      if (isFolderHandle(handle)) yield* walkHandle(handle, `${own}/`, forbidden);
      if (isFileHandle(handle)) yield { path: own, open: () => handle.getFile() };
    }
  } catch (error) {
    forbidden(`${path}${folder.name}`, error);
  }
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

async function* walkEntry(
  entry: FileSystemEntry,
  path: string,
  forbidden: OnForbidden,
): AsyncGenerator<DataSetFile> {
  const own = `${path}${entry.name}`;
  if (isFile(entry))
    yield {
      path: own,
      open: () => new Promise((resolve, reject) => entry.file(resolve, reject)),
    };
  if (!isFolder(entry)) return;
  const reader = entry.createReader();
  for (;;) {
    // A reader hands out so many at a time (Chromium: 100) and an empty list at the end.
    const batch = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    ).catch((error: unknown) => {
      forbidden(own, error);
      return [];
    });
    if (batch.length === 0) return;
    for (const child of batch) yield* walkEntry(child, `${own}/`, forbidden);
  }
}
