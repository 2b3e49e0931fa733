import { describe, expect, test } from 'vitest';
import { gammaVariate, nextOrderStatistic, normalVariate, uniformOrderStatistic } from './random-variates.ts';
import { seededRandom } from './seeded-random.ts';
import { mean } from './statistics.ts';

const DRAWS = 20_000;
const draws = (draw: () => number) => Array.from({ length: DRAWS }, draw);
const variance = (values: readonly number[]) => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
};
/** Five standard errors of a mean. */
const tolerance = (standardDeviation: number) => (5 * standardDeviation) / Math.sqrt(DRAWS);

describe('random variates', () => {
  test('normal numbers have mean 0 and variance 1', () => {
    const random = seededRandom(1);
    const values = draws(() => normalVariate(random));
    expect(Math.abs(mean(values))).toBeLessThan(tolerance(1));
    expect(Math.abs(variance(values) - 1)).toBeLessThan(tolerance(Math.SQRT2));
  });

  test.each([1, 2.5, 512])('gamma numbers of shape %d have that mean and that variance', (shape) => {
    const random = seededRandom(2);
    const values = draws(() => gammaVariate(shape, random));
    expect(Math.abs(mean(values) - shape)).toBeLessThan(tolerance(Math.sqrt(shape)));
    // The variance of a gamma's square deviation is 2 k² + 6 k.
    const spread = Math.sqrt(2 * shape ** 2 + 6 * shape);
    expect(Math.abs(variance(values) - shape)).toBeLessThan(tolerance(spread));
  });

  test('refuses gamma numbers of shape below 1', () =>
    expect(() => gammaVariate(0.5, seededRandom(1))).toThrow(RangeError));

  test.each([
    [1, 1],
    [3, 7],
    [7, 7],
  ])('the order statistic %d of %d has the same mean as in that many sorted uniform numbers', (k, n) => {
    const random = seededRandom(3);
    const values = draws(() => uniformOrderStatistic(k, n, random));
    const sorted = draws(() => Array.from({ length: n }, random).sort((a, b) => a - b)[k - 1] ?? NaN);
    expect(Math.abs(mean(values) - mean(sorted))).toBeLessThan(tolerance(Math.SQRT2 * 0.29));
    expect(Math.abs(mean(values) - k / (n + 1))).toBeLessThan(tolerance(0.29));
  });

  test('the next order statistic lies above it, by 1 / (n + 1) on average', () => {
    const random = seededRandom(4);
    const gaps = draws(() => {
      const third = uniformOrderStatistic(3, 7, random);
      return nextOrderStatistic(third, 3, 7, random) - third;
    });
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(mean(gaps) - 1 / 8)).toBeLessThan(tolerance(0.12));
  });
});
