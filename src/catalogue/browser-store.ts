/** Models stored in the browser's own file system: one folder each, with the same layout as on a server. */
import type { FileChecksum } from '../domain/measuring/configuration.ts';
import type { LocalFolder } from './local-index.ts';
import { DESCRIPTION_FILE, parseDescription, type ModelDescription } from './model-description.ts';

/**
 * The part of FileSystemDirectoryHandle used here (https://fs.spec.whatwg.org/); this folder is compiled without
 * browser types.
 */
export interface StoreFolder {
  getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<StoreFolder>;
  getFileHandle(name: string, options?: { create?: boolean }): Promise<StoreFile>;
  removeEntry(name: string, options?: { recursive?: boolean }): Promise<void>;
}

/** A folder that can list its entries. */
export interface ListedFolder extends StoreFolder {
  getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<ListedFolder>;
  keys(): AsyncIterable<string>;
}

export interface StoreFile {
  getFile(): Promise<StoredBytes>;
  createWritable(): Promise<{
    write(data: Uint8Array<ArrayBuffer> | string): Promise<void>;
    close(): Promise<void>;
    abort(): Promise<void>;
  }>;
}

/** The part of File used here. */
interface StoredBytes {
  readonly size: number;
  text(): Promise<string>;
}

export interface FileToKeep {
  /** Below the model's folder. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Below the root of the origin's private file system. */
export const STORE_FOLDER = 'models';
/** Held (navigator.locks) while a model is being written, so that no other tab deletes it as unfinished. */
export const STORE_LOCK = 'segscope.models';

/**
 * Stores a model and replaces any other of this name. Its description is written last: a folder without one is
 * unfinished and ignored.
 * @throws any error of the file system (QuotaExceededError), after removing what was written
 */
export async function keepModel(
  root: StoreFolder,
  description: ModelDescription,
  files: readonly FileToKeep[],
): Promise<void> {
  const { folder } = description.entry;
  const store = await root.getDirectoryHandle(STORE_FOLDER, { create: true });
  await forgetModel(root, folder);
  try {
    const target = await store.getDirectoryHandle(folder, { create: true });
    for (const { path, bytes } of files) await writeFile(target, path, bytes);
    await writeFile(target, DESCRIPTION_FILE, JSON.stringify(description));
  } catch (error) {
    await forgetModel(root, folder);
    throw error;
  }
}

/** The finished models, with all files in full length, by folder. */
export async function listKeptModels(root: ListedFolder): Promise<readonly LocalFolder[]> {
  const kept = await Promise.all((await foldersOf(root)).map((folder) => readFolder(root, folder)));
  return kept.filter((folder) => folder !== null);
}

/** Removes folders that a crash or a full disk left unfinished; call it under STORE_LOCK. */
export async function removeLeftovers(root: ListedFolder): Promise<void> {
  for (const folder of await foldersOf(root)) {
    if ((await readFolder(root, folder)) === null) await forgetModel(root, folder);
  }
}

/** Does nothing if there is no such model. */
export async function forgetModel(root: StoreFolder, folder: string): Promise<void> {
  try {
    const store = await root.getDirectoryHandle(STORE_FOLDER);
    await store.removeEntry(folder, { recursive: true });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** @throws NotFoundError */
export async function openKeptFile<File>(
  root: { getDirectoryHandle(name: string): Promise<NestedFolder<File>> },
  folder: string,
  path: string,
): Promise<File> {
  let at = await (await root.getDirectoryHandle(STORE_FOLDER)).getDirectoryHandle(folder);
  const names = path.split('/');
  for (const name of names.slice(0, -1)) at = await at.getDirectoryHandle(name);
  return (await at.getFileHandle(names.at(-1) ?? '')).getFile();
}

interface NestedFolder<File> {
  getDirectoryHandle(name: string): Promise<NestedFolder<File>>;
  getFileHandle(name: string): Promise<{ getFile(): Promise<File> }>;
}

async function foldersOf(root: ListedFolder): Promise<readonly string[]> {
  try {
    const store = await root.getDirectoryHandle(STORE_FOLDER);
    const names: string[] = [];
    for await (const name of store.keys()) names.push(name);
    return names.sort();
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

async function readFolder(root: StoreFolder, folder: string): Promise<LocalFolder | null> {
  try {
    const text = await (await openKeptFile(root, folder, DESCRIPTION_FILE)).text();
    const { entry } = parseDescription(JSON.parse(text), folder);
    const files: readonly FileChecksum[] = entry.files;
    const sizes = await Promise.all(
      files.map(async ({ path }) => (await openKeptFile(root, folder, path)).size),
    );
    if (files.some(({ bytes }, i) => bytes !== sizes[i])) return null;
    return { folder, files: [...entry.files], described: entry };
  } catch {
    // Unfinished, emptied by the browser, or written by another version: not usable.
    return null;
  }
}

async function writeFile(
  target: StoreFolder,
  path: string,
  data: Uint8Array<ArrayBuffer> | string,
): Promise<void> {
  const names = path.split('/');
  let at = target;
  for (const name of names.slice(0, -1)) at = await at.getDirectoryHandle(name, { create: true });
  const file = await at.getFileHandle(names.at(-1) ?? '', { create: true });
  const stream = await file.createWritable();
  try {
    await stream.write(data);
  } catch (error) {
    await stream.abort().catch(() => undefined);
    throw error;
  }
  await stream.close();
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotFoundError';
}
