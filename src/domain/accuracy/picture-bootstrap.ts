/** How much accuracy depends on the choice of pictures: a bootstrap that draws whole pictures. */
import { BOOTSTRAP_SEED, RESAMPLES } from '../measuring/bootstrap.ts';
import type { ClassTally } from './picture-counts.ts';
import { seededRandom } from '../measuring/seeded-random.ts';

/** One value per resample, in the order of drawing; NaN if the resample counted nothing. */
export interface ResampledAccuracy {
  readonly meanIou: Float64Array<ArrayBuffer>;
  readonly pixelAccuracy: Float64Array<ArrayBuffer>;
}

/**
 * Draws as many pictures as there are, with replacement, and scores the one matrix of the drawn pictures. Mean IoU
 * covers the classes present in the resample (Efron, 1979: percentile bootstrap). The unit is a picture, because the
 * pixels of one picture are not independent.
 * @param configurations per configuration, per picture, its classes; all over the same pictures. Every resample draws
 *   the same pictures for all of them, so that differences are paired.
 */
export function resamplePictures(
  configurations: readonly (readonly (readonly ClassTally[])[])[],
  classes: number,
  resamples = RESAMPLES,
): readonly ResampledAccuracy[] {
  const pictures = configurations[0]?.length ?? 0;
  const random = seededRandom(BOOTSTRAP_SEED);
  const flat = configurations.map(flatten);
  const results = configurations.map(() => ({
    meanIou: new Float64Array(resamples),
    pixelAccuracy: new Float64Array(resamples),
  }));
  const weights = new Uint32Array(pictures);
  const sums = new Float64Array(classes * 3);
  for (let i = 0; i < resamples; i++) {
    weights.fill(0);
    for (let drawn = 0; drawn < pictures; drawn++) {
      const picture = Math.floor(random() * pictures);
      weights[picture] = (weights[picture] as number) + 1;
    }
    flat.forEach((tallies, at) => {
      sumWeighted(tallies, weights, sums);
      const { meanIou, pixelAccuracy } = accuracyOfSums(sums);
      const result = results[at];
      if (result === undefined) return;
      result.meanIou[i] = meanIou;
      result.pixelAccuracy[i] = pixelAccuracy;
    });
  }
  return results;
}

/**
 * Four numbers per class of a picture: class, truth pixels, predicted pixels, hits; `start` has one more entry than
 * there are pictures.
 */
interface FlatTallies {
  readonly start: Uint32Array;
  readonly numbers: Float64Array;
}

function flatten(pictures: readonly (readonly ClassTally[])[]): FlatTallies {
  const start = new Uint32Array(pictures.length + 1);
  pictures.forEach((tallies, i) => (start[i + 1] = (start[i] as number) + tallies.length * 4));
  const numbers = Float64Array.from(
    pictures
      .flat()
      .flatMap(({ index, truthPixels, predictedPixels, hits }) => [
        index,
        truthPixels,
        predictedPixels,
        hits,
      ]),
  );
  return { start, numbers };
}

/** @param sums three numbers per class: truth pixels, predicted pixels, hits */
function sumWeighted({ start, numbers }: FlatTallies, weights: Uint32Array, sums: Float64Array): void {
  sums.fill(0);
  for (let picture = 0; picture < weights.length; picture++) {
    const weight = weights[picture] as number;
    if (weight === 0) continue;
    const end = start[picture + 1] as number;
    for (let at = start[picture] as number; at < end; at += 4) {
      const to = (numbers[at] as number) * 3;
      for (let k = 0; k < 3; k++) {
        sums[to + k] = (sums[to + k] as number) + weight * (numbers[at + 1 + k] as number);
      }
    }
  }
}

function accuracyOfSums(sums: Float64Array): { readonly meanIou: number; readonly pixelAccuracy: number } {
  let [present, ious, counted, hit] = [0, 0, 0, 0];
  for (let at = 0; at < sums.length; at += 3) {
    const truth = sums[at] as number;
    if (truth === 0) continue;
    const hits = sums[at + 2] as number;
    present++;
    ious += hits / (truth + (sums[at + 1] as number) - hits);
    counted += truth;
    hit += hits;
  }
  return { meanIou: ious / present, pixelAccuracy: hit / counted };
}
