/** Random numbers with a distribution other than uniform: normal, gamma, and the order statistics of uniform ones. */
import type { Random } from './seeded-random.ts';

/** Standard normal: the polar method of Marsaglia and Bray (1964). */
export function normalVariate(random: Random): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/**
 * Gamma of scale 1: Marsaglia and Tsang, "A simple method for generating gamma variables" (2000).
 * @param shape >= 1
 * @throws RangeError for a smaller shape
 */
export function gammaVariate(shape: number, random: Random): number {
  if (!(shape >= 1)) throw new RangeError(`There is no gamma variate of shape ${shape} here.`);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalVariate(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

/**
 * The k-th smallest of n independent uniform numbers, without drawing all of them: its distribution is
 * Beta(k, n - k + 1).
 * @param k 1..n
 */
export function uniformOrderStatistic(k: number, n: number, random: Random): number {
  const below = gammaVariate(k, random);
  return below / (below + gammaVariate(n - k + 1, random));
}

/** The order statistic after the k-th smallest, `value`: the smallest of n - k uniform numbers above it. */
export function nextOrderStatistic(value: number, k: number, n: number, random: Random): number {
  return 1 - (1 - value) * random() ** (1 / (n - k));
}
