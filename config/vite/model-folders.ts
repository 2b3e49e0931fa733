/** Finds the model folders on this machine and hashes their graphs and shards, once per version of a file. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CatalogueEntry } from '../../src/catalogue/catalogue.ts';
import { FILE_PATH, FOLDER_NAME } from '../../src/catalogue/fields.ts';
import type { LocalFile, LocalFolder, LocalIndex } from '../../src/catalogue/local-index.ts';
import { DESCRIPTION_FILE, parseDescription } from '../../src/catalogue/model-description.ts';

/** How deep a model may be below its folder. */
const MAX_DEPTH = 2;

interface FoundFile {
  /** Below the model's folder, with forward slashes. */
  readonly path: string;
  readonly absolute: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** SHA-256 of a file, lower-case hex. */
export type FileHasher = (file: FoundFile) => Promise<string>;

/** Remembers hashes by path, size and time of change, so that only new files are read again. */
export function createFileHasher(): FileHasher {
  const known = new Map<string, { readonly version: string; readonly sha256: Promise<string> }>();
  return ({ absolute, bytes, modifiedMs }) => {
    const version = `${bytes} ${modifiedMs}`;
    const remembered = known.get(absolute);
    if (remembered?.version === version) return remembered.sha256;
    const sha256 = hashFile(absolute);
    known.set(absolute, { version, sha256 });
    sha256.catch(() => known.delete(absolute));
    return sha256;
  };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Lists the model folders below `roots`, by name; the first root with a folder wins. Unreadable roots and files are
 * left out.
 */
export async function indexModelFolders(roots: readonly string[], hash: FileHasher): Promise<LocalIndex> {
  const perRoot = await Promise.all(roots.map((root) => namesIn(root)));
  const names = [...new Set(perRoot.flat())].filter((name) => FOLDER_NAME.test(name)).sort();
  const folders: LocalFolder[] = [];
  for (const folder of names) {
    const files = await firstModel(roots, folder);
    if (files === null) continue;
    const described = await Promise.all(files.map((file) => describeFile(file, hash)));
    folders.push({
      folder,
      files: described.filter((file) => file !== null),
      described: await readDescription(roots, folder),
    });
  }
  return { version: 1, folders };
}

/** The first of `roots` whose `folder` holds a model, or null. */
export async function rootOf(roots: readonly string[], folder: string): Promise<string | null> {
  for (const root of roots) if ((await modelFiles(join(root, folder))).length > 0) return root;
  return null;
}

async function firstModel(roots: readonly string[], folder: string): Promise<readonly FoundFile[] | null> {
  const root = await rootOf(roots, folder);
  return root === null ? null : modelFiles(join(root, folder));
}

/** The description in the folder; null if it is missing, damaged, or of another folder. */
async function readDescription(roots: readonly string[], folder: string): Promise<CatalogueEntry | null> {
  const root = await rootOf(roots, folder);
  if (root === null) return null;
  try {
    const json: unknown = JSON.parse(await readFile(join(root, folder, DESCRIPTION_FILE), 'utf8'));
    return parseDescription(json, folder).entry;
  } catch {
    return null;
  }
}

/** Every file beside a model.json, where TensorFlow.js looks for shards, or beside a .tflite. */
async function modelFiles(folder: string, inner = '', depth = 0): Promise<readonly FoundFile[]> {
  const names = await namesIn(join(folder, inner));
  const here = names.map((name) => `${inner}${name}`).filter((path) => FILE_PATH.test(path));
  const found = await Promise.all(here.map((path) => look(folder, path)));
  const files = found.filter((file) => file !== null && file !== 'folder');
  const isModel = files.some(({ path }) => path === `${inner}model.json` || path.endsWith('.tflite'));
  if (depth === MAX_DEPTH) return isModel ? files : [];
  const deeper = here.filter((_, at) => found[at] === 'folder');
  const below = await Promise.all(deeper.map((path) => modelFiles(folder, `${path}/`, depth + 1)));
  return [...(isModel ? files : []), ...below.flat()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function look(folder: string, path: string): Promise<FoundFile | 'folder' | null> {
  const absolute = join(folder, path);
  const found = await stat(absolute).catch(() => null);
  if (found?.isDirectory() === true) return 'folder';
  if (found?.isFile() !== true) return null;
  return { path, absolute, bytes: found.size, modifiedMs: found.mtimeMs };
}

async function describeFile(file: FoundFile, hash: FileHasher): Promise<LocalFile | null> {
  const sha256 = await hash(file).catch(() => null);
  return sha256 === null ? null : { path: file.path, bytes: file.bytes, sha256 };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
