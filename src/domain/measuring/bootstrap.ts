/** How far a median can be trusted: percentile bootstrap (Efron, 1979). */
import { nextOrderStatistic, uniformOrderStatistic } from './random-variates.ts';
import type { Random } from './seeded-random.ts';
import { percentileOfSorted } from './statistics.ts';

/** Bounds between which 95 % of the resampled values lie, in the unit of the values. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Resamples behind every interval of Segscope. */
export const RESAMPLES = 2000;

/** Every interval uses this seed, so that the same run gives the same table everywhere. */
export const BOOTSTRAP_SEED = 20_110;

/**
 * Medians of `resamples` samples drawn with replacement from `values`, in the order of drawing.
 *
 * Only the middle of each resample is drawn. Resampling picks the ranks floor(n U), so the k-th rank of the sorted
 * resample is floor(n U(k)), and U(k), the k-th smallest of n uniform numbers, is drawn directly. The distribution
 * equals that of sorting whole resamples, and it costs one or two numbers instead of n.
 * @throws RangeError when there is no value
 */
export function resampledMedians(
  values: ArrayLike<number>,
  random: Random,
  resamples = RESAMPLES,
): Float64Array<ArrayBuffer> {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (n === 0) throw new RangeError('There is no median of no values.');
  const medians = new Float64Array(resamples);
  // A stage that the path does not have: there is nothing to draw.
  if (sorted[0] === sorted[n - 1]) return medians.fill(sorted[0] as number);
  const lower = Math.ceil(n / 2);
  const valueAt = (uniform: number) => sorted[Math.min(n - 1, Math.floor(uniform * n))] as number;
  for (let i = 0; i < resamples; i++) {
    const uniform = uniformOrderStatistic(lower, n, random);
    medians[i] =
      n % 2 === 1
        ? valueAt(uniform)
        : (valueAt(uniform) + valueAt(nextOrderStatistic(uniform, lower, n, random))) / 2;
  }
  return medians;
}

/** The middle 95 % of resampled values; sorts them in place. @throws RangeError when there is no value */
export function middle95(resampled: Float64Array): Interval {
  resampled.sort();
  return { low: percentileOfSorted(resampled, 2.5), high: percentileOfSorted(resampled, 97.5) };
}

/**
 * 95 % bootstrap interval of the median. It treats the values as independent, so it does not cover slow drift or
 * differences from one page start to the next.
 * @throws RangeError when there is no value
 */
export function medianInterval(values: ArrayLike<number>, random: Random, resamples = RESAMPLES): Interval {
  return middle95(resampledMedians(values, random, resamples));
}
