/** What was dropped on the Evaluate view: one folder, two folders, a zip or a mapping file. */
import type { EvaluationSession, FolderSource } from '../../evaluation-session.types.ts';

export type DroppedData =
  | { readonly kind: 'folder'; readonly source: FolderSource }
  | { readonly kind: 'two-folders'; readonly images: FolderSource; readonly masks: FolderSource }
  | { readonly kind: 'mapping'; readonly file: File }
  | { readonly kind: 'nothing' };

/** Usual names of a folder of masks. */
const MASKS = /mask|label|annotation|segmentationclass|gt|truth/i;

/** Call before any await: a DataTransfer is emptied after its event. */
export function droppedData(transfer: DataTransfer): DroppedData {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  );
  return sortDropped(entries, Array.from(transfer.files));
}

/** Of two folders, the one with a mask-like name holds the masks, else the second one. */
export function sortDropped(entries: readonly FileSystemEntry[], files: readonly File[]): DroppedData {
  const [first, second] = entries
    .filter(({ isDirectory }) => isDirectory)
    .sort((a, b) => Number(MASKS.test(a.name)) - Number(MASKS.test(b.name)));
  if (first !== undefined && second !== undefined) {
    return { kind: 'two-folders', images: asEntry(first), masks: asEntry(second) };
  }
  if (first !== undefined) return { kind: 'folder', source: asEntry(first) };
  const [file] = files;
  if (file === undefined) return { kind: 'nothing' };
  if (/\.json$/i.test(file.name) && files.length === 1) return { kind: 'mapping', file };
  return { kind: 'folder', source: sourceOfFiles(files) };
}

/** Calls the session as the matching button would. */
export function openDropped(session: EvaluationSession, data: DroppedData): void {
  switch (data.kind) {
    case 'folder':
      session.openFolder(data.source);
      break;
    case 'two-folders':
      session.openTwoFolders(data.images, data.masks);
      break;
    case 'mapping':
      session.chooseMapping(data.file);
      break;
    case 'nothing':
      break;
  }
}

/** One zip, or the files of a folder. */
export function sourceOfFiles(files: readonly File[]): FolderSource {
  const [file] = files;
  const isZip = file !== undefined && files.length === 1 && /\.zip$/i.test(file.name);
  return isZip ? { kind: 'zip', file } : { kind: 'files', files };
}

const asEntry = (entry: FileSystemEntry): FolderSource => ({ kind: 'entry', entry });
