/** The confusion matrix of one picture, stored sparse: a picture has a few classes, a set has thousands of pictures. */
import { labelRunStarts } from '../labels/label-run-starts.ts';
import { VOID_LABEL, type LabelMap } from '../labels/label-map.ts';

export interface PictureCounts {
  /** Index truth * (classes + 1) + prediction of every non-zero cell, rising; column `classes`: no class. */
  readonly cells: Uint16Array<ArrayBuffer>;
  /** Pixels of each of those cells. */
  readonly pixels: Uint32Array<ArrayBuffer>;
}

/** Reused for every picture: one counter per pair of bytes, all 0 between pictures. */
const PAIRS = new Uint32Array(256 * 256);

/**
 * Counts one picture; pixels with void truth are skipped.
 * @param classes 1..255
 * @throws RangeError when the sizes differ or the truth holds an index that is neither a class nor void
 */
export function countPicture(truth: LabelMap, prediction: LabelMap, classes: number): PictureCounts {
  if (truth.width !== prediction.width || truth.height !== prediction.height) {
    throw new RangeError(
      `Truth (${truth.width} x ${truth.height}) and prediction (${prediction.width} x ${prediction.height}) differ in size.`,
    );
  }
  const actual = truth.labels;
  const predicted = prediction.labels;
  const actualRuns = labelRunStarts(actual);
  const predictedRuns = labelRunStarts(predicted);
  const found: number[] = [];
  for (let at = 0, a = 0, p = 0; at < actual.length;) {
    if ((actualRuns[a + 1] as number) <= at) a++;
    if ((predictedRuns[p + 1] as number) <= at) p++;
    const end = Math.min(actualRuns[a + 1] as number, predictedRuns[p + 1] as number);
    const pair = ((actual[at] as number) << 8) | (predicted[at] as number);
    if (PAIRS[pair] === 0) found.push(pair);
    PAIRS[pair] = (PAIRS[pair] as number) + end - at;
    at = end;
  }
  found.sort((a, b) => a - b);
  const counted = found.map((pair) => ({
    label: pair >> 8,
    other: pair & 255,
    count: PAIRS[pair] as number,
  }));
  for (const pair of found) PAIRS[pair] = 0;
  const cells = new Map<number, number>();
  for (const { label, other, count } of counted) {
    if (label === VOID_LABEL) continue;
    if (label >= classes) throw new RangeError(`The truth holds class ${label} of ${classes}.`);
    const cell = label * (classes + 1) + Math.min(other, classes);
    cells.set(cell, (cells.get(cell) ?? 0) + count);
  }
  // Map keeps the order of insertion, and the pairs rise as their cells do.
  return { cells: Uint16Array.from(cells.keys()), pixels: Uint32Array.from(cells.values()) };
}

/** The counts per class that accuracy needs from one picture. */
export interface ClassTally {
  readonly index: number;
  readonly truthPixels: number;
  /** Pixels among those counted. */
  readonly predictedPixels: number;
  readonly hits: number;
}

/** The classes that truth or prediction has, rising. */
export function tallyClasses({ cells, pixels }: PictureCounts, classes: number): readonly ClassTally[] {
  const tallies = new Map<number, { truthPixels: number; predictedPixels: number; hits: number }>();
  const of = (index: number) => {
    const known = tallies.get(index) ?? { truthPixels: 0, predictedPixels: 0, hits: 0 };
    tallies.set(index, known);
    return known;
  };
  cells.forEach((cell, i) => {
    const truth = Math.floor(cell / (classes + 1));
    const predicted = cell % (classes + 1);
    const count = pixels[i] as number;
    of(truth).truthPixels += count;
    if (predicted < classes) of(predicted).predictedPixels += count;
    if (predicted === truth) of(truth).hits += count;
  });
  return [...tallies].map(([index, tally]) => ({ index, ...tally })).sort((a, b) => a.index - b.index);
}

/** Shares 0..1 of one picture; null if none of its pixels is counted. */
export interface PictureScore {
  /** Over the classes of its truth. */
  readonly meanIou: number;
  readonly pixelAccuracy: number;
}

export function scorePicture(tallies: readonly ClassTally[]): PictureScore | null {
  const present = tallies.filter(({ truthPixels }) => truthPixels > 0);
  if (present.length === 0) return null;
  const counted = present.reduce((sum, { truthPixels }) => sum + truthPixels, 0);
  const hits = present.reduce((sum, tally) => sum + tally.hits, 0);
  const ious = present.map((tally) => tally.hits / (tally.truthPixels + tally.predictedPixels - tally.hits));
  return {
    meanIou: ious.reduce((sum, iou) => sum + iou, 0) / ious.length,
    pixelAccuracy: hits / counted,
  };
}
