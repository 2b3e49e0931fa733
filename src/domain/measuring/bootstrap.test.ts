import { describe, expect, test } from 'vitest';
import { medianInterval, middle95, resampledMedians } from './bootstrap.ts';
import { seededRandom } from './seeded-random.ts';
import { median } from './statistics.ts';

/** Share of every median among all n^n resamples, by counting them all. */
function exactShares(values: readonly number[]): Map<number, number> {
  const n = values.length;
  const total = n ** n;
  const shares = new Map<number, number>();
  for (let code = 0; code < total; code++) {
    const resample = values.map((_, place) => values[Math.floor(code / n ** place) % n] ?? NaN);
    const middle = median(resample);
    shares.set(middle, (shares.get(middle) ?? 0) + 1 / total);
  }
  return shares;
}

describe('resampledMedians', () => {
  test.each([[[5]], [[1, 10]], [[1, 2, 4]], [[3, 1, 8, 20]], [[1, 2, 4, 8, 16]], [[1, 2, 4, 8, 16, 32]]])(
    'occur as often as among all possible resamples of %j',
    (values) => {
      const resamples = 20_000;
      const drawn = resampledMedians(values, seededRandom(11), resamples);
      const exact = exactShares(values);
      expect([...new Set(drawn)].filter((value) => !exact.has(value))).toEqual([]);
      for (const [value, share] of exact) {
        const seen = drawn.filter((one) => one === value).length / resamples;
        const standardError = Math.sqrt((share * (1 - share)) / resamples);
        expect(Math.abs(seen - share)).toBeLessThanOrEqual(5 * standardError);
      }
    },
  );

  test('agree with sorting whole resamples on a thousand values', () => {
    const random = seededRandom(5);
    const values = Array.from({ length: 1001 }, () => 40 + 10 * random() ** 3);
    const brute = Float64Array.from({ length: 2000 }, () =>
      median(values.map(() => values[Math.floor(random() * values.length)] ?? NaN)),
    );
    const bruteInterval = middle95(brute);
    const interval = medianInterval(values, random);
    const width = bruteInterval.high - bruteInterval.low;
    expect(Math.abs(interval.low - bruteInterval.low)).toBeLessThan(0.15 * width);
    expect(Math.abs(interval.high - bruteInterval.high)).toBeLessThan(0.15 * width);
  });

  test('do not reorder their input, and refuse an empty list', () => {
    const values = [3, 1, 2];
    resampledMedians(values, seededRandom(1), 10);
    expect(values).toEqual([3, 1, 2]);
    expect(() => resampledMedians([], seededRandom(1))).toThrow(RangeError);
  });
});

describe('medianInterval', () => {
  test('is the same for the same seed', () => {
    const values = Array.from({ length: 200 }, (_, i) => ((i * 37) % 101) + i / 1000);
    expect(medianInterval(values, seededRandom(1))).toEqual(medianInterval(values, seededRandom(1)));
    expect(medianInterval(values, seededRandom(1))).not.toEqual(medianInterval(values, seededRandom(2)));
  });

  test('is the value itself if all values are equal', () =>
    expect(medianInterval([7, 7, 7, 7], seededRandom(1))).toEqual({ low: 7, high: 7 }));

  test('covers the true median of samples in about 95 of 100 cases', () => {
    const random = seededRandom(9);
    const covered = Array.from({ length: 1000 }, () => {
      const sample = Array.from({ length: 60 }, random);
      const { low, high } = medianInterval(sample, random, 500);
      return low <= 0.5 && 0.5 <= high;
    }).filter(Boolean).length;
    expect(covered).toBeGreaterThan(920);
    expect(covered).toBeLessThan(980);
  });
});
