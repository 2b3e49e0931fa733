/** Installs a model from local files: converts it, compares it with the original, and stores it atomically. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CatalogueEntry } from '../../src/catalogue/catalogue.ts';
import type { ModelDescription } from '../../src/catalogue/model-description.ts';
import type { WeightStorage } from '../../src/domain/import-report.ts';
import { describeImport, ownFolder } from '../../src/model-import/describe-import.ts';
import { importModel, type ImportedModel, type ImportFile } from '../../src/model-import/import-model.ts';
import { unpackArchive } from '../../src/model-import/unpack-archive.ts';
import { sha256Of } from './checksum.ts';
import { install, requireFree } from './installation.ts';
import { ModelsError } from './models-problem.ts';
import type { CheckedModel } from './self-check.ts';

export interface ImportRequest {
  readonly paths: readonly string[];
  readonly id: string;
  readonly name: string;
  readonly weights: WeightStorage;
  /** The catalogue's entry for a model of the zoo; null for the user's own models. */
  readonly known: CatalogueEntry | null;
  readonly downloadedFrom: string | null;
}

export interface ImportSurroundings {
  /** Folder of installed models. */
  readonly models: string;
  readonly now: () => Date;
  readonly onProgress: (phase: string, done01: number) => void;
  /** null skips it. */
  readonly check: ((imported: ImportedModel) => Promise<CheckedModel | null>) | null;
}

export interface Installed {
  readonly folder: string;
  readonly description: ModelDescription;
  readonly checked: CheckedModel | null;
}

/** @throws ProblemError import-not-a-model, import-damaged, import-unsupported; ModelsError */
export async function importFiles(request: ImportRequest, around: ImportSurroundings): Promise<Installed> {
  const { id, name, weights, known, downloadedFrom } = request;
  await requireFree(around.models, id);
  const given = await Promise.all(request.paths.map(readImportFile));
  const isTwin = ({ path }: ImportFile) => path === known?.edgeTpuTwin;
  const unpacked = await Promise.all(
    given.filter((file) => !isTwin(file)).map((file) => unpackArchive(file)),
  );
  const hashed = unpacked.flat().map((file) => ({ ...file, sha256: sha256Of(file.bytes) }));
  const imported = importModel(hashed, { name, weights, onProgress: around.onProgress });
  if (known !== null && imported.runtime !== known.runtime) {
    throw new ModelsError({
      kind: 'not-for-runtime',
      id,
      found: imported.files.map(({ path }) => path).join(', '),
    });
  }
  const checked = (await around.check?.(imported)) ?? null;
  const files = [...imported.files, ...given.filter(isTwin)];
  const description = describeImport(imported, {
    folder: id,
    name,
    files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: sha256Of(bytes) })),
    weights,
    selfCheck: checked?.check ?? null,
    installedAt: around.now(),
    downloadedFrom,
    known,
  });
  const entry = { ...description.entry, edgeTpuTwin: given.find(isTwin)?.path ?? null };
  const folder = await install(around.models, files, { ...description, entry });
  return { folder, description: { ...description, entry }, checked };
}

/** The file that a model is named after: never one of its shards. */
export function mainPath(paths: readonly string[]): string {
  return paths.find((path) => NETWORK_FILE.test(path)) ?? paths[0] ?? '';
}

/** "frozen/my_net.pb" -> "own-my-net"; the file's folder if the name is generic. */
export function idFor(path: string, taken: ReadonlySet<string>): string {
  return ownFolder(nameFor(path), taken);
}

const NETWORK_FILE = /\.(tar\.gz|tgz|tar|pb|tflite|json)$/i;

/** The file's own name, or its folder's for generic names. */
export function nameFor(path: string): string {
  const parts = path.split(/[/\\]/).filter((part) => part !== '');
  const own = (parts.at(-1) ?? 'model').replace(NETWORK_FILE, '');
  const saysNothing = /^(model|frozen_inference_graph|saved_model)$/i.test(own);
  return (saysNothing ? parts.at(-2) : undefined) ?? own;
}

async function readImportFile(path: string): Promise<ImportFile> {
  try {
    return { path: basename(path), bytes: new Uint8Array(await readFile(path)) };
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ModelsError({ kind: 'file-unreadable', path, detail }, { cause: error });
  }
}
