/** The files of a drop or paste, including those in folders, and whether they are a model. */

/** A file with its path below what was dropped: "folder/model.json". */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

/** A folder with more files than this is no model. */
const MOST_FILES = 500;

/** Call this before the first await: a DataTransfer is empty once its event is over. */
export function droppedFiles(transfer: DataTransfer): Promise<readonly PickedFile[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  );
  // Pasted files have no entries.
  if (entries.length === 0) return Promise.resolve(pickedFiles(transfer.files));
  return filesBelow(entries);
}

export function pickedFiles(files: FileList): readonly PickedFile[] {
  return Array.from(files, (file) => ({
    path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
    file,
  }));
}

/** True for a network file or a model.json with shards, in any folder. */
export function isModel(files: readonly { readonly path: string }[]): boolean {
  return files.some(({ path }) => /\.(pb|tflite|tar|tgz|gz)$|(^|\/)[^/]*\.json$/i.test(path));
}

async function filesBelow(entries: readonly FileSystemEntry[]): Promise<readonly PickedFile[]> {
  const files: PickedFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    if (files.length + waiting.length > MOST_FILES) break;
    if (isFile(entry)) files.push({ path: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry) });
    else if (isFolder(entry)) waiting.push(...(await entriesOf(entry)));
  }
  return files;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** readEntries returns at most 100 entries per call, and none after the last. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length > MOST_FILES) return all;
    all.push(...some);
  }
}
