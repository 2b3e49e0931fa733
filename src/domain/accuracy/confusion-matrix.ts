/** Truth x prediction counts over a whole set of label maps, and the accuracy figures that follow from them. */
import { VOID_LABEL } from '../labels/label-map.ts';
import type { LabelMap } from '../labels/label-map.ts';
import type { PictureCounts } from './picture-counts.ts';

/**
 * One matrix over the whole set, as in the VOC devkit (VOCevalseg.m): figures are never averages over pictures. Pixels
 * with void truth are skipped; background counts like any other class.
 */
export class ConfusionMatrix {
  readonly classes: number;
  /** One row per class of the truth; one column per class, and a last column for predictions of no class. */
  private readonly counts: Float64Array;

  /** @throws RangeError unless 1 <= classes <= 255 */
  constructor(classes: number) {
    if (!Number.isInteger(classes) || classes < 1 || classes > VOID_LABEL) {
      throw new RangeError(`A confusion matrix has 1 to 255 classes, not ${classes}.`);
    }
    this.classes = classes;
    this.counts = new Float64Array(classes * (classes + 1));
  }

  /**
   * Adds one picture.
   * @throws RangeError when the sizes differ or the truth holds an index that is neither a class nor void; the matrix
   *   then stays unchanged
   */
  add(truth: LabelMap, prediction: LabelMap): void {
    if (truth.width !== prediction.width || truth.height !== prediction.height) {
      throw new RangeError(
        `Truth (${truth.width} x ${truth.height}) and prediction (${prediction.width} x ${prediction.height}) differ in size.`,
      );
    }
    const { classes, counts } = this;
    const stranger = truth.labels.find((label) => label >= classes && label !== VOID_LABEL);
    if (stranger !== undefined) throw new RangeError(`The truth holds class ${stranger} of ${classes}.`);
    for (let i = 0; i < truth.labels.length; i++) {
      const actual = truth.labels[i] as number;
      if (actual === VOID_LABEL) continue;
      const cell = actual * (classes + 1) + Math.min(prediction.labels[i] as number, classes);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }

  /** Adds a picture's earlier counts; they must have as many classes as this matrix. */
  addCounts({ cells, pixels }: PictureCounts): void {
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as number;
      this.counts[cell] = (this.counts[cell] as number) + (pixels[i] as number);
    }
  }

  /** Row-major, classes rows of truth x (classes + 1) columns; the last column: predicted as no class. */
  values(): readonly number[] {
    return Array.from(this.counts);
  }

  /** Pixels of class `truth` that were predicted as `prediction`. */
  count(truth: number, prediction: number): number {
    return this.counts[truth * (this.classes + 1) + prediction] ?? 0;
  }

  /**
   * Intersection over union per class, 0..1: hits / (pixels of the class + pixels predicted as it - hits). null for a
   * class without a truth pixel: it is not applicable, not 0.
   */
  iou(): readonly (number | null)[] {
    return this.mapClasses((truthPixels, predictedPixels, hits) =>
      truthPixels === 0 ? null : hits / (truthPixels + predictedPixels - hits),
    );
  }

  /** Mean over the classes present, 0..1; null for an empty matrix. */
  meanIou(): number | null {
    const present = this.iou().filter((iou) => iou !== null);
    return present.length === 0 ? null : present.reduce((sum, iou) => sum + iou, 0) / present.length;
  }

  /** Share of the counted pixels that are correct, 0..1; null for an empty matrix. */
  pixelAccuracy(): number | null {
    const total = this.counts.reduce((sum, count) => sum + count, 0);
    const hits = this.mapClasses((_truth, _predicted, hit) => hit).reduce((sum, hit) => sum + hit, 0);
    return total === 0 ? null : hits / total;
  }

  private mapClasses<Figure>(
    figure: (truthPixels: number, predictedPixels: number, hits: number) => Figure,
  ): Figure[] {
    const indices = Array.from({ length: this.classes }, (_, index) => index);
    return indices.map((index) => {
      const row = this.counts.subarray(index * (this.classes + 1), (index + 1) * (this.classes + 1));
      const truthPixels = row.reduce((sum, count) => sum + count, 0);
      const predictedPixels = indices.reduce((sum, truth) => sum + this.count(truth, index), 0);
      return figure(truthPixels, predictedPixels, this.count(index, index));
    });
  }
}
