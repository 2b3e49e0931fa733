/** Carries out one command of npm run models. */
import { readFile, rm } from 'node:fs/promises';
import { parseCatalogue, type Catalogue, type CatalogueEntry } from '../../src/catalogue/catalogue.ts';
import type { ImportedModel } from '../../src/model-import/import-model.ts';
import { USAGE, type Command } from './command.ts';
import type { Folders } from './folders.ts';
import { idFor, importFiles, mainPath, nameFor, type Installed } from './import-files.ts';
import { requireFree, uninstall } from './installation.ts';
import { listedModels, listLines } from './list-text.ts';
import { ModelsError } from './models-problem.ts';
import type { ProgressLine } from './progress-line.ts';
import { reportLines } from './report-text.ts';
import { fetchModel, type FetchOptions } from './source-files.ts';
import { join } from 'node:path';
import { createFileHasher, indexModelFolders } from '../../config/vite/model-folders.ts';
import { resolveModels, type ResolvedModel } from '../../src/catalogue/resolve-models.ts';

export interface Surroundings {
  readonly folders: Folders;
  readonly now: () => Date;
  readonly pause: FetchOptions['pause'];
  readonly stallMs: number;
  readonly progress: ProgressLine;
  /** A line of text for the user. */
  readonly say: (line: string) => void;
  /** The result of a command with --json. */
  readonly answer: (result: unknown) => void;
}

type Get = Extract<Command, { kind: 'get' }>;
type Import = Extract<Command, { kind: 'import' }>;

/** @throws ModelsError, ProblemError */
export async function runCommand(command: Command, around: Surroundings): Promise<void> {
  switch (command.kind) {
    case 'help':
      around.say(USAGE);
      return;
    case 'list':
      return list(command.json, around);
    case 'get':
      return get(command, around);
    case 'remove':
      return remove(command.id, command.json, around);
    case 'import':
      return importOwn(command, around);
  }
}

async function list(json: boolean, { folders, say, answer }: Surroundings): Promise<void> {
  const models = listedModels(
    await listModels(folders),
    shippedFolders((await readCatalogue(folders)).models),
  );
  if (json) answer(models);
  else for (const line of listLines(models)) say(line);
}

async function get({ id, from, weights, check, json }: Get, around: Surroundings): Promise<void> {
  const { folders, now, pause, stallMs, progress } = around;
  const entry = findEntry(await readCatalogue(folders), id);
  if (entry.download === null) throw new ModelsError({ kind: 'shipped', id });
  await requireFree(folders.models, id);
  const fetched = await fetchModel(entry, {
    downloads: folders.downloads,
    from,
    stallMs,
    pause,
    now,
    onProgress: (fileName, received, total) => progress.bytes(`Downloading ${fileName}`, received, total),
  });
  const installed = await importFiles(
    {
      paths: fetched.map(({ path }) => path),
      id,
      name: entry.name,
      weights,
      known: entry,
      downloadedFrom: fetched[0]?.downloadedFrom ?? null,
    },
    importSurroundings(check, around),
  );
  // Deleted only now, so that a failed conversion does not cost another download of 440 MB.
  for (const { path } of fetched) await rm(path, { force: true });
  tell(installed, json, around);
}

async function importOwn(command: Import, around: Surroundings): Promise<void> {
  const { paths, weights, check, json } = command;
  const first = mainPath(paths);
  const models = await listModels(around.folders);
  const catalogued = new Set((await readCatalogue(around.folders)).models.map(({ id }) => id));
  const id = command.id ?? idFor(first, new Set(models.map(({ entry }) => entry.folder)));
  if (catalogued.has(id)) throw new ModelsError({ kind: 'id-catalogued', id });
  const installed = await importFiles(
    { paths, id, name: command.name ?? nameFor(first), weights, known: null, downloadedFrom: null },
    importSurroundings(check, around),
  );
  tell(installed, json, around);
}

async function remove(id: string, json: boolean, { folders, say, answer }: Surroundings): Promise<void> {
  const { models } = await readCatalogue(folders);
  if (shippedFolders(models).has(id) || models.some((entry) => entry.id === id && entry.download === null)) {
    throw new ModelsError({ kind: 'shipped', id });
  }
  const folder = await uninstall(folders.models, id);
  if (json) answer({ removed: id, folder });
  else say(`Removed ${folder}.`);
}

function importSurroundings(check: boolean, { folders, now, progress, say }: Surroundings) {
  return {
    models: folders.models,
    now,
    onProgress: (phase: string, done01: number) => progress.show(phase, done01),
    check: check
      ? async (imported: ImportedModel) => {
          // TensorFlow.js takes a second to load, so it is imported only to run a network.
          const { selfCheck } = await import('./self-check.ts');
          if (imported.runtime === 'tfjs') progress.show('Comparing with the network as published', null);
          return selfCheck(imported, folders.samples).catch((error: unknown) => {
            progress.end();
            say(
              `The self-check could not be made: ${error instanceof Error ? error.message : String(error)}`,
            );
            return null;
          });
        }
      : null,
  };
}

function tell({ folder, description, checked }: Installed, json: boolean, around: Surroundings): void {
  around.progress.end();
  if (json) {
    around.answer({ folder, ...description });
    return;
  }
  for (const line of reportLines(description, checked)) around.say(line);
  around.say(`Installed "${description.entry.name}" as ${description.entry.id} in ${folder}.`);
  around.say('Reload the page (or run npm start) and choose it under Model.');
}

/** Of the models that are part of Segscope itself. */
function shippedFolders(models: readonly CatalogueEntry[]): ReadonlySet<string> {
  return new Set(models.filter(({ download }) => download === null).map(({ folder }) => folder));
}

/** @throws ProblemError catalogue-invalid */
async function readCatalogue({ shipped }: Folders): Promise<Catalogue> {
  return parseCatalogue(JSON.parse(await readFile(join(shipped, 'catalogue.json'), 'utf8')));
}

/** The catalogue's models, then those found in folders, as the page lists them. */
async function listModels(folders: Folders): Promise<readonly ResolvedModel[]> {
  const roots = [...new Set([folders.models, folders.shipped])];
  const index = await indexModelFolders(roots, createFileHasher());
  return resolveModels(await readCatalogue(folders), index);
}

/** @throws ModelsError id-unknown, with the most similar ids */
function findEntry({ models }: Catalogue, id: string): CatalogueEntry {
  const found = models.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const ids = models.map((entry) => entry.id);
  const nearest = ids.filter((other) => other.includes(id) || editDistance(other, id) <= 3).slice(0, 3);
  throw new ModelsError({ kind: 'id-unknown', id, nearest });
}

/** Levenshtein: insertions, deletions and replacements from one to the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
