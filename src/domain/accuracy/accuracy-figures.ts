/** Computes every accuracy figure of one configuration from the counts of each picture. */
import { middle95, type Interval } from '../measuring/bootstrap.ts';
import type { BoundaryScore } from './boundary-score.ts';
import { ConfusionMatrix } from './confusion-matrix.ts';
import type { AccuracyFigures, ClassAccuracy } from './evaluation.ts';
import { tallyClasses, type ClassTally, type PictureCounts } from './picture-counts.ts';
import { resamplePictures } from './picture-bootstrap.ts';
import type { Estimate } from '../measuring/run-comparison.ts';

/** The counts kept for one picture. */
export interface ScoredPicture {
  readonly counts: PictureCounts;
  readonly boundaries: readonly BoundaryScore[];
}

export interface Accuracy {
  readonly figures: AccuracyFigures;
  /** ConfusionMatrix.values() over all pictures. */
  readonly matrix: readonly number[];
}

/** @param classNames one per class of the model, by index */
export function accuracyOf(pictures: readonly ScoredPicture[], classNames: readonly string[]): Accuracy {
  const classes = classNames.length;
  const matrix = new ConfusionMatrix(classes);
  for (const { counts } of pictures) matrix.addCounts(counts);
  const tallies = pictures.map(({ counts }) => tallyClasses(counts, classes));
  const perClass = classAccuracies(matrix, tallies, pictures, classNames);
  const intervals = intervalsOf(tallies, classes);
  return {
    matrix: matrix.values(),
    figures: {
      meanIou: estimate(matrix.meanIou(), intervals?.meanIou),
      meanIouAll: meanIouAll(perClass),
      pixelAccuracy: estimate(matrix.pixelAccuracy(), intervals?.pixelAccuracy),
      frequencyWeightedIou: frequencyWeightedIou(perClass),
      boundaryF: meanOf(perClass.map(({ boundaryF }) => boundaryF)),
      classes: perClass,
    },
  };
}

function classAccuracies(
  matrix: ConfusionMatrix,
  tallies: readonly (readonly ClassTally[])[],
  pictures: readonly ScoredPicture[],
  classNames: readonly string[],
): readonly ClassAccuracy[] {
  const iou = matrix.iou();
  const sums = classNames.map(() => ({ pictures: 0, truthPixels: 0, predictedPixels: 0, f: 0, borders: 0 }));
  for (const tally of tallies.flat()) {
    const sum = sums[tally.index];
    if (sum === undefined) continue;
    if (tally.truthPixels > 0) sum.pictures++;
    sum.truthPixels += tally.truthPixels;
    sum.predictedPixels += tally.predictedPixels;
  }
  for (const { index, f } of pictures.flatMap(({ boundaries }) => boundaries)) {
    const sum = sums[index];
    if (sum === undefined) continue;
    sum.f += f;
    sum.borders++;
  }
  return sums.map(({ f, borders, ...counted }, index) => ({
    index,
    name: classNames[index] ?? '',
    iou: iou[index] ?? null,
    ...counted,
    boundaryF: borders === 0 ? null : f / borders,
  }));
}

/** Sum over the classes of (share of the truth's pixels x IoU) (Long, Shelhamer and Darrell, CVPR 2015). */
function frequencyWeightedIou(classes: readonly ClassAccuracy[]): number | null {
  const counted = classes.reduce((sum, { truthPixels }) => sum + truthPixels, 0);
  if (counted === 0) return null;
  return classes.reduce((sum, { truthPixels, iou }) => sum + (truthPixels / counted) * (iou ?? 0), 0);
}

function meanIouAll(classes: readonly ClassAccuracy[]): AccuracyFigures['meanIouAll'] {
  const defined = classes.filter(({ iou, predictedPixels }) => iou !== null || predictedPixels > 0);
  if (defined.length === 0) return null;
  return {
    value: defined.reduce((sum, { iou }) => sum + (iou ?? 0), 0) / defined.length,
    absentPredicted: defined.filter(({ iou }) => iou === null).length,
    undefinedClasses: classes.length - defined.length,
  };
}

function intervalsOf(tallies: readonly (readonly ClassTally[])[], classes: number) {
  const [resampled] = resamplePictures([tallies], classes);
  if (resampled === undefined || tallies.length === 0) return null;
  return { meanIou: middleOfKnown(resampled.meanIou), pixelAccuracy: middleOfKnown(resampled.pixelAccuracy) };
}

/** NaN marks a resample without a counted pixel. A picture whose truth is all void adds nothing. */
function middleOfKnown(resampled: Float64Array): Interval | null {
  const known = resampled.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? null : middle95(known);
}

function estimate(value: number | null, interval: Interval | null | undefined): Estimate | null {
  return value === null || interval == null ? null : { value, ...interval };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
