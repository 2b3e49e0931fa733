/** Installs a model's folder atomically, and removes only folders that it installed. */
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  DESCRIPTION_FILE,
  parseDescription,
  type ModelDescription,
} from '../../src/catalogue/model-description.ts';
import type { ImportFile } from '../../src/model-import/import-model.ts';
import { requireId } from './folders.ts';
import { fileSystemProblem, ModelsError } from './models-problem.ts';

export type FolderState =
  { readonly kind: 'free' } | { readonly kind: 'installed' } | { readonly kind: 'foreign' };

/** 'foreign': the folder was not written by install(). */
export async function folderState(models: string, id: string): Promise<FolderState> {
  const folder = join(models, requireId(id));
  const found = await lstat(folder).catch(() => null);
  if (found === null) return { kind: 'free' };
  if (!found.isDirectory()) return { kind: 'foreign' };
  const own = await readDescription(folder, id).catch(() => null);
  return own === null ? { kind: 'foreign' } : { kind: 'installed' };
}

/** @throws ModelsError already-installed, placed-by-hand */
export async function requireFree(models: string, id: string): Promise<void> {
  const { kind } = await folderState(models, id);
  if (kind === 'installed') throw new ModelsError({ kind: 'already-installed', id });
  if (kind === 'foreign') throw new ModelsError({ kind: 'placed-by-hand', id, folder: join(models, id) });
}

/**
 * Writes into a folder beside the final one and renames it at the end: the model is installed completely or not at all.
 * @returns the model's folder
 * @throws ModelsError already-installed, placed-by-hand, disk-full, not-writable
 */
export async function install(
  models: string,
  files: readonly ImportFile[],
  description: ModelDescription,
): Promise<string> {
  const { id } = description.entry;
  await requireFree(models, id);
  const folder = join(models, id);
  // Begins with a dot: neither the page's index nor FOLDER_NAME accepts it as a model.
  const unfinished = join(models, `.installing-${id}`);
  try {
    await rm(unfinished, { recursive: true, force: true });
    const text = `${JSON.stringify(description, null, 2)}\n`;
    const all = [...files, { path: DESCRIPTION_FILE, bytes: Buffer.from(text) }];
    for (const { path, bytes } of all) {
      await mkdir(dirname(join(unfinished, path)), { recursive: true });
      await writeFile(join(unfinished, path), bytes);
    }
    await rename(unfinished, folder);
    return folder;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw fileSystemProblem(error, folder);
  }
}

/**
 * @returns the folder that was deleted
 * @throws ModelsError id-invalid, not-installed, placed-by-hand, not-writable
 */
export async function uninstall(models: string, id: string): Promise<string> {
  const folder = join(models, requireId(id));
  const { kind } = await folderState(models, id);
  if (kind === 'free') throw new ModelsError({ kind: 'not-installed', id });
  if (kind === 'foreign') throw new ModelsError({ kind: 'placed-by-hand', id, folder });
  // Renamed first, so that an interrupted removal leaves no model with half its files.
  const leaving = join(models, `.removing-${id}`);
  try {
    await rm(leaving, { recursive: true, force: true });
    await rename(folder, leaving);
    await rm(leaving, { recursive: true, force: true });
  } catch (error) {
    throw fileSystemProblem(error, folder);
  }
  return folder;
}

async function readDescription(folder: string, id: string): Promise<ModelDescription> {
  return parseDescription(JSON.parse(await readFile(join(folder, DESCRIPTION_FILE), 'utf8')), id);
}
