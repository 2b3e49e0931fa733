/** Order statistics of measured values: median, percentiles, mean. */

/** A set of measurements in their own unit (ms unless said otherwise). */
export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly median: number;
  readonly mean: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * Percentile by linear interpolation between closest ranks: type 7 of Hyndman and Fan (1996), the default of NumPy, R
 * and spreadsheets.
 * @param sorted ascending
 * @param percent 0..100
 * @throws RangeError when there is no value or `percent` is out of range
 */
export function percentileOfSorted(sorted: ArrayLike<number>, percent: number): number {
  if (sorted.length === 0) throw new RangeError('There is no percentile of no values.');
  if (!(percent >= 0 && percent <= 100)) throw new RangeError(`There is no percentile ${percent}.`);
  const rank = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(rank);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (rank - below);
}

/** The same for values in any order; the array stays unchanged. */
export function percentile(values: ArrayLike<number>, percent: number): number {
  return percentileOfSorted(Float64Array.from(values).sort(), percent);
}

/** @throws RangeError when there is no value */
export function median(values: ArrayLike<number>): number {
  return percentile(values, 50);
}

/** Arithmetic mean. @throws RangeError when there is no value */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('There is no mean of no values.');
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** @throws RangeError when there is no value */
export function summarise(values: ArrayLike<number>): Summary {
  return summariseInPlace(Float64Array.from(values));
}

/** The same for callers that own the array and accept that it gets sorted, so that nothing is copied. */
export function summariseInPlace(values: Float64Array): Summary {
  values.sort();
  return {
    n: values.length,
    min: percentileOfSorted(values, 0),
    median: percentileOfSorted(values, 50),
    mean: mean(values),
    p90: percentileOfSorted(values, 90),
    p95: percentileOfSorted(values, 95),
    p99: percentileOfSorted(values, 99),
    max: percentileOfSorted(values, 100),
  };
}
