/** The models that this browser stores, with a URL for each of their files. */
import {
  forgetModel,
  listKeptModels,
  openKeptFile,
  removeLeftovers,
  STORE_LOCK,
} from '../catalogue/browser-store.ts';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { LocalFolder } from '../catalogue/local-index.ts';

export interface KeptModel {
  readonly folder: LocalFolder;
  readonly bytes: number;
  /** Gone when the page closes. */
  readonly pageOnly: boolean;
  /** blob: URL of a file; null if the model has no such file. */
  urlOf(path: string): string | null;
}

export interface KeptModels {
  /** The models that are stored now; URLs from an earlier list stay valid as long as the model exists. */
  list(): Promise<readonly KeptModel[]>;
  /** For a browser that offers no storage: the model lasts as long as the page. */
  addForPage(entry: CatalogueEntry, files: readonly { readonly path: string; readonly file: Blob }[]): void;
  remove(folder: string): Promise<void>;
  /** Names of models that were stored when the page was last open and have disappeared since. */
  missing(): Promise<readonly string[]>;
}

/** Folder and name of every kept model, to notice when the browser has removed one. */
const REMEMBERED_KEY = 'segscope.kept-models';

/** @param openRoot the origin's private file system; throws if there is none */
export function createKeptModels(
  openRoot: () => Promise<FileSystemDirectoryHandle>,
  memory: Pick<Storage, 'getItem' | 'setItem'>,
): KeptModels {
  const before = recall(memory);
  const addressed = new Map<string, { readonly model: KeptModel; release(): void }>();

  async function rootOrNull(): Promise<FileSystemDirectoryHandle | null> {
    try {
      return await openRoot();
    } catch {
      // Private windows and plain-http addresses have none: nothing is stored, and an import then says so.
      return null;
    }
  }

  function drop(folder: string): void {
    addressed.get(folder)?.release();
    addressed.delete(folder);
  }

  function put(
    folder: LocalFolder,
    files: readonly { readonly path: string; readonly file: Blob }[],
    pageOnly: boolean,
  ): KeptModel {
    drop(folder.folder);
    const urls = new Map(files.map(({ path, file }) => [path, URL.createObjectURL(file)]));
    const model: KeptModel = {
      folder,
      pageOnly,
      bytes: files.reduce((sum, { file }) => sum + file.size, 0),
      urlOf: (path) => urls.get(path) ?? null,
    };
    addressed.set(folder.folder, {
      model,
      release() {
        for (const url of urls.values()) URL.revokeObjectURL(url);
      },
    });
    return model;
  }

  async function addressFolder(root: FileSystemDirectoryHandle, folder: LocalFolder): Promise<KeptModel> {
    const known = addressed.get(folder.folder)?.model;
    if (known !== undefined && sumsOf(known.folder) === sumsOf(folder)) return known;
    const files = await Promise.all(
      folder.files.map(async ({ path }) => ({
        path,
        file: await openKeptFile<File>(root, folder.folder, path),
      })),
    );
    return put(folder, files, false);
  }

  async function list(): Promise<readonly KeptModel[]> {
    const root = await rootOrNull();
    const folders = root === null ? [] : await listKeptModels(root);
    const kept = root === null ? [] : await Promise.all(folders.map((folder) => addressFolder(root, folder)));
    const pageOnly = [...addressed.values()].map(({ model }) => model).filter((model) => model.pageOnly);
    remember(memory, kept);
    return [...kept, ...pageOnly];
  }

  return {
    list,
    addForPage(entry, files) {
      put({ folder: entry.folder, files: [...entry.files], described: entry }, files, true);
    },
    async remove(folder) {
      const model = addressed.get(folder)?.model;
      const root = model?.pageOnly === true ? null : await rootOrNull();
      if (root !== null) await forgetModel(root, folder);
      drop(folder);
    },
    async missing() {
      const root = await rootOrNull();
      if (root !== null) await sweep(root);
      const now = new Set((await list()).map(({ folder }) => folder.folder));
      return before.filter(({ folder }) => !now.has(folder)).map(({ name }) => name);
    },
  };
}

/** Skipped while another tab is writing a model. */
async function sweep(root: FileSystemDirectoryHandle): Promise<void> {
  await navigator.locks.request(STORE_LOCK, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await removeLeftovers(root);
  });
}

const sumsOf = ({ files }: LocalFolder) => files.map(({ sha256 }) => sha256).join();

interface Remembered {
  readonly folder: string;
  readonly name: string;
}

function remember(memory: Pick<Storage, 'setItem'>, kept: readonly KeptModel[]): void {
  const names = kept.map(({ folder: { folder, described } }) => ({
    folder,
    name: described?.name ?? folder,
  }));
  try {
    memory.setItem(REMEMBERED_KEY, JSON.stringify(names));
  } catch {
    // Without this entry, the page cannot report that the browser removed a model.
  }
}

function recall(memory: Pick<Storage, 'getItem'>): readonly Remembered[] {
  try {
    const json: unknown = JSON.parse(memory.getItem(REMEMBERED_KEY) ?? '[]');
    return Array.isArray(json) ? json.filter(isRemembered) : [];
  } catch {
    return [];
  }
}

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== 'object' || value === null) return false;
  const { folder, name } = value as Record<string, unknown>;
  return typeof folder === 'string' && typeof name === 'string';
}
