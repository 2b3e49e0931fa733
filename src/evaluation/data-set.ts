/** Finds the pairs of picture and mask in a folder, by name; nothing is decoded. */
import type { Skipped } from '../domain/accuracy/evaluation.ts';
import { nextTurn } from './folder-source.ts';
import type { DataSetFile } from './zip-archive.ts';

export interface PicturePair {
  /** File name without extension and without the suffix of its data set; unique. */
  readonly name: string;
  readonly picture: DataSetFile;
  readonly mask: DataSetFile;
}

export interface PictureList {
  /** File name without .txt, for instance "val". */
  readonly name: string;
  /** In the order of the list; only names that exist. */
  readonly pairs: readonly PicturePair[];
}

export interface DataSet {
  readonly layout: 'voc' | 'two-folders';
  /** Sorted by name. */
  readonly pairs: readonly PicturePair[];
  readonly lists: readonly PictureList[];
  readonly skipped: readonly Skipped[];
}

const PICTURE = /\.(jpe?g|png|webp|bmp)$/i;
const MASK = /\.png$/i;
const VOC_PICTURES = /(^|\/)JPEGImages\/[^/]+$/;
const VOC_MASKS = /(^|\/)SegmentationClass\/[^/]+$/;
/** The devkit's lists, and lists beside the two folders. */
const VOC_LIST = /(^|\/)ImageSets\/Segmentation\/[^/]+\.txt$/;
const TEXT = /\.txt$/i;
/** Cityscapes: frankfurt_000000_000294_leftImg8bit.png beside ..._gtFine_labelIds.png. */
const PICTURE_SUFFIX = /_leftImg8bit$/;
const MASK_SUFFIX = /_gt(Fine|Coarse)_label(Train)?Ids$/;
/** Cityscapes ships coloured versions beside its label images, without class indices. */
const NO_LABELS = /_(color|instanceIds|instanceTrainIds)\.png$/;

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const stem = (path: string) => fileName(path).replace(/\.[^.]+$/, '');
const isHidden = (path: string) => fileName(path).startsWith('.') || path.includes('__MACOSX/');

/** JPEGImages, SegmentationClass and ImageSets/Segmentation, at any depth; other files are ignored. */
export async function readVocFolder(files: readonly DataSetFile[]): Promise<DataSet> {
  const seen = files.filter(({ path }) => !isHidden(path));
  const pictures = seen.filter(({ path }) => VOC_PICTURES.test(path) && PICTURE.test(path));
  const masks = seen.filter(({ path }) => VOC_MASKS.test(path) && MASK.test(path));
  const beside = commonFolder(pictures);
  const lists = seen.filter(
    ({ path }) => VOC_LIST.test(path) || (TEXT.test(path) && folderOf(path) === beside),
  );
  return { layout: 'voc', ...(await pairUp(pictures, masks, lists)) };
}

/** Two folders with their sub-folders; a .txt among the pictures that names some of them is a list. */
export async function readTwoFolders(
  imageFiles: readonly DataSetFile[],
  maskFiles: readonly DataSetFile[],
): Promise<DataSet> {
  const images = imageFiles.filter(({ path }) => !isHidden(path));
  const pictures = images.filter(({ path }) => PICTURE.test(path));
  const masks = maskFiles.filter(({ path }) => !isHidden(path) && MASK.test(path) && !NO_LABELS.test(path));
  const lists = images.filter(({ path }) => TEXT.test(path));
  return { layout: 'two-folders', ...(await pairUp(pictures, masks, lists)) };
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The folder that holds JPEGImages. */
function commonFolder(pictures: readonly DataSetFile[]): string {
  return folderOf(folderOf(pictures[0]?.path ?? ''));
}

async function pairUp(
  pictureFiles: readonly DataSetFile[],
  maskFiles: readonly DataSetFile[],
  listFiles: readonly DataSetFile[],
): Promise<Omit<DataSet, 'layout'>> {
  // Each of these takes a tenth of a second for 100,000 files.
  const pictures = byName(pictureFiles, PICTURE_SUFFIX);
  await nextTurn();
  const masks = byName(maskFiles, MASK_SUFFIX);
  await nextTurn();
  const skipped: Skipped[] = [...pictures.skipped, ...masks.skipped];
  const pairs: PicturePair[] = [];
  for (const [name, picture] of pictures.files) {
    const mask = masks.files.get(name);
    if (mask !== undefined) pairs.push({ name, picture, mask });
    else
      skipped.push({
        name,
        reason: 'no-mask',
        sentence: `The picture "${name}" has no mask of the same name.`,
      });
  }
  for (const name of masks.files.keys()) {
    if (pictures.files.has(name)) continue;
    skipped.push({
      name,
      reason: 'no-picture',
      sentence: `The mask "${name}" has no picture of the same name.`,
    });
  }
  await nextTurn();
  pairs.sort((a, b) => (a.name < b.name ? -1 : 1));
  const lists = await readLists(listFiles, pairs, skipped);
  return { pairs, lists, skipped };
}

function byName(files: readonly DataSetFile[], suffix: RegExp) {
  const found = new Map<string, DataSetFile>();
  const twice = new Set<string>();
  for (const file of files) {
    const name = stem(file.path).replace(suffix, '');
    if (found.has(name)) twice.add(name);
    found.set(name, file);
  }
  const skipped = [...twice].map((name): Skipped => {
    found.delete(name);
    return {
      name,
      reason: 'ambiguous-name',
      sentence: `Several files are named "${name}", so the pair is ambiguous.`,
    };
  });
  return { files: found, skipped };
}

async function readLists(
  files: readonly DataSetFile[],
  pairs: readonly PicturePair[],
  skipped: Skipped[],
): Promise<readonly PictureList[]> {
  const known = new Map(pairs.map((pair) => [pair.name, pair]));
  const lists: PictureList[] = [];
  for (const file of files) {
    const list = stem(file.path);
    const text = await file
      .open()
      .then((blob) => blob.text())
      .catch(() => '');
    // Lists of the devkit's classification part have a second column.
    const names = [...new Set(text.split(/\r?\n/).map((line) => line.trim().split(/\s+/)[0] ?? ''))]
      .filter((name) => name !== '')
      .map((name) => stem(name).replace(PICTURE_SUFFIX, ''));
    const there = names.flatMap((name) => known.get(name) ?? []);
    // Not a list at all: a licence, a table of sources.
    if (there.length === 0) continue;
    lists.push({ name: list, pairs: there });
    for (const name of names) {
      if (known.has(name)) continue;
      skipped.push({
        name,
        reason: 'listed-but-missing',
        sentence: `"${name}" is in the list "${list}" but has no pair of picture and mask.`,
      });
    }
  }
  return lists;
}
