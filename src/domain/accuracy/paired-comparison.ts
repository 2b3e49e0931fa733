/**
 * Two configurations over the same pictures: the difference of their mean IoU, and whether the choice of pictures
 * explains it.
 */
import { middle95 } from '../measuring/bootstrap.ts';
import type { PairedComparison } from './evaluation.ts';
import { resamplePictures } from './picture-bootstrap.ts';
import { scorePicture, tallyClasses, type ClassTally, type PictureCounts } from './picture-counts.ts';

/** One picture under one configuration. */
export interface NamedCounts {
  readonly name: string;
  readonly counts: PictureCounts;
}

/** A picture counts as equal below this difference: about half a dozen pixels of a photo. */
const SAME = 1e-4;

/**
 * Percentile bootstrap of the difference. Each resample draws the same pictures for both, so that pictures that are
 * hard for both cancel out. null if they share no picture, or if nothing on the shared pictures is counted.
 * @param classes of both models
 * @param warnings one sentence each, passed through: other differences between the two
 */
export function comparePaired(
  baseline: readonly NamedCounts[],
  other: readonly NamedCounts[],
  classes: number,
  warnings: readonly string[] = [],
): PairedComparison | null {
  const others = new Map(other.map(({ name, counts }) => [name, counts]));
  const pairs = baseline.flatMap(({ name, counts }) => {
    const against = others.get(name);
    if (against === undefined) return [];
    return [{ name, a: tallyClasses(counts, classes), b: tallyClasses(against, classes) }];
  });
  const sides = [pairs.map(({ a }) => a), pairs.map(({ b }) => b)];
  const [values, resampled] = [sides.map((side) => meanIouOf(side)), resamplePictures(sides, classes)];
  const [from, to] = values;
  const [resampledFrom, resampledTo] = resampled;
  if (from == null || to == null || resampledFrom === undefined || resampledTo === undefined) return null;
  const differences = resampledTo.meanIou
    .map((value, i) => value - (resampledFrom.meanIou[i] as number))
    .filter((value) => !Number.isNaN(value));
  const difference = { value: to - from, ...middle95(differences) };
  const distinguishable = difference.low > 0 || difference.high < 0;
  const perPicture = pairs
    .flatMap(({ name, a, b }) => {
      const [left, right] = [scorePicture(a), scorePicture(b)];
      if (left === null || right === null) return [];
      return [
        {
          name,
          baseline: left.meanIou,
          other: right.meanIou,
          difference: right.meanIou - left.meanIou,
        },
      ];
    })
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || a.name.localeCompare(b.name));
  return {
    pictures: pairs.length,
    baseline: from,
    other: to,
    difference,
    distinguishable,
    verdict: verdictOf(difference, distinguishable, pairs.length),
    better: perPicture.filter((picture) => picture.difference >= SAME).length,
    equal: perPicture.filter((picture) => Math.abs(picture.difference) < SAME).length,
    worse: perPicture.filter((picture) => picture.difference <= -SAME).length,
    perPicture,
    warnings,
  };
}

/** Over the classes present in any of the pictures. */
function meanIouOf(pictures: readonly (readonly ClassTally[])[]): number | null {
  const sums = new Map<number, { truth: number; predicted: number; hits: number }>();
  for (const { index, truthPixels, predictedPixels, hits } of pictures.flat()) {
    const sum = sums.get(index) ?? { truth: 0, predicted: 0, hits: 0 };
    sums.set(index, {
      truth: sum.truth + truthPixels,
      predicted: sum.predicted + predictedPixels,
      hits: sum.hits + hits,
    });
  }
  const present = [...sums.values()].filter(({ truth }) => truth > 0);
  if (present.length === 0) return null;
  return (
    present.reduce((mean, { truth, predicted, hits }) => mean + hits / (truth + predicted - hits), 0) /
    present.length
  );
}

function verdictOf(
  { value, low, high }: PairedComparison['difference'],
  distinguishable: boolean,
  pictures: number,
): string {
  const points = (share: number) => (share * 100).toFixed(1);
  const over = `over ${pictures} ${pictures === 1 ? 'picture' : 'pictures'}`;
  const interval = `95 % interval ${points(low)} to ${points(high)} points`;
  if (!distinguishable) {
    return `The difference of ${points(value)} points of mean IoU ${over} is within the noise of the choice of pictures (${interval}).`;
  }
  return `The other is ${points(Math.abs(value))} points of mean IoU ${value > 0 ? 'better' : 'worse'} ${over}, more than the choice of pictures explains (${interval}).`;
}
