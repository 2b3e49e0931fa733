/** The open data set: reads the dropped files, reports on them, and finds pictures by name. */
import type { DataSetReport, EvaluationPlan, Skipped } from '../../domain/accuracy/evaluation.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import { readTwoFolders, readVocFolder, type DataSet, type PicturePair } from '../../evaluation/data-set.ts';
import { listFolder, type FolderSource } from '../../evaluation/folder-source.ts';
import type { PictureRecord } from './picture-scoring.ts';

export interface OpenDataSet {
  readonly name: string;
  readonly report: Omit<DataSetReport, 'mapping'>;
  find(name: string): PicturePair | null;
  /** The pictures of a plan, in its order. */
  pairsOf(plan: Pick<EvaluationPlan, 'list' | 'limit'>): readonly PicturePair[];
  /** The pairs with these names, in the same order; null if any is missing. */
  pairsNamed(names: readonly string[]): readonly PicturePair[] | null;
}

/**
 * @param masks null: `images` is a folder in VOC layout
 * @throws ProblemError dataset-unreadable; the signal's reason
 */
export async function readDataSet(
  images: FolderSource,
  masks: FolderSource | null,
  onSeen: (files: number) => void,
  signal: AbortSignal,
): Promise<OpenDataSet> {
  const pictures = await listFolder(images, onSeen, signal);
  if (masks === null) {
    return openDataSet(pictures.name, await readVocFolder(pictures.files), pictures.skipped);
  }
  const truth = await listFolder(masks, (seen) => onSeen(pictures.files.length + seen), signal);
  const set = await readTwoFolders(pictures.files, truth.files);
  return openDataSet(`${pictures.name} + ${truth.name}`, set, [...pictures.skipped, ...truth.skipped]);
}

/** The name of a source's folder before it is read. */
export function sourceName(source: FolderSource): string {
  switch (source.kind) {
    case 'entry':
      return source.entry.name;
    case 'handle':
      return source.handle.name;
    case 'zip':
      return source.file.name;
    case 'files':
      return source.files[0]?.webkitRelativePath.split('/')[0] || (source.files[0]?.name ?? 'empty folder');
  }
}

function openDataSet(name: string, set: DataSet, unread: readonly Skipped[]): OpenDataSet {
  const { layout, pairs, lists } = set;
  const skipped = [...unread, ...set.skipped];
  // Nothing to pair: not this layout. If files were skipped, the report says more than a problem could.
  if (pairs.length === 0 && skipped.length === 0) throw new ProblemError({ kind: 'dataset-empty', name });
  const byName = new Map(pairs.map((pair) => [pair.name, pair]));
  return {
    name,
    report: {
      name,
      layout,
      pairs: pairs.length,
      lists: lists.map((list) => ({ name: list.name, pairs: list.pairs.length })),
      skipped,
    },
    find: (picture) => byName.get(picture) ?? null,
    pairsOf({ list, limit }) {
      const chosen = list === null ? pairs : (lists.find((one) => one.name === list)?.pairs ?? []);
      return limit === null ? chosen : chosen.slice(0, limit);
    },
    pairsNamed(names) {
      const found = names.flatMap((picture) => byName.get(picture) ?? []);
      return found.length === names.length ? found : null;
    },
  };
}

/** Number of files checked to tell apart two data sets with the same names. */
const SAMPLES = 16;

/** True if the pictures scored earlier still have the same size in bytes; only a few of them are checked. */
export async function hasSameFiles(set: OpenDataSet, scored: readonly PictureRecord[]): Promise<boolean> {
  const step = Math.max(1, Math.floor(scored.length / SAMPLES));
  for (let i = 0; i < scored.length; i += step) {
    const record = scored[i];
    const pair = record === undefined ? null : set.find(record.name);
    const file = await pair?.picture.open().catch(() => null);
    if (file?.size !== record?.bytes) return false;
  }
  return true;
}
