/** Carries out one command of npm run models. */
import { rm } from 'node:fs/promises';
import type { CatalogueEntry } from '../../src/catalogue/catalogue.ts';
import type { ImportedModel } from '../../src/model-import/import-model.ts';
import type { Command } from './command.ts';
import { USAGE } from './command.ts';
import type { Folders } from './folders.ts';
import { idFor, importFiles, mainPath, nameFor, type Installed } from './import-files.ts';
import { requireFree, uninstall } from './installation.ts';
import { listedModels, listLines } from './list-text.ts';
import { ModelsError } from './models-problem.ts';
import type { ProgressLine } from './progress-line.ts';
import { reportLines } from './report-text.ts';
import { fetchModel, type FetchOptions } from './source-files.ts';
import { findEntry, listModels, readCatalogue } from './zoo.ts';

export interface Surroundings {
  readonly folders: Folders;
  readonly now: () => Date;
  readonly pause: FetchOptions['pause'];
  readonly stallMs: number;
  readonly progress: ProgressLine;
  /** A line for a person. */
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
  // Only now: a conversion that fails must not cost 440 MB again.
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
          // TensorFlow.js takes a second to load: only what runs a network waits for it.
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
