import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mean, median, percentile, summarise } from './statistics.ts';

const someValues = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });

describe('percentile', () => {
  test('interpolates linearly between closest ranks (type 7)', () => {
    // Ranks of 4 values are 0..3: p90 lies at 2.7, seven tenths of the way from 30 to 40.
    expect(percentile([40, 10, 30, 20], 90)).toBeCloseTo(37, 12);
    expect(percentile([40, 10, 30, 20], 25)).toBeCloseTo(17.5, 12);
  });

  test('is the smallest value at 0 and the largest at 100', () => {
    expect(percentile([3, -7, 5], 0)).toBe(-7);
    expect(percentile([3, -7, 5], 100)).toBe(5);
  });

  test('sorts by number, not by text', () => expect(median([100, 9, 20])).toBe(20));

  test('leaves the values in their order', () => {
    const values = [3, 1, 2];
    percentile(values, 50);
    expect(values).toEqual([3, 1, 2]);
  });

  test('is the value at a whole rank', () =>
    fc.assert(
      fc.property(someValues, fc.nat(), (values, pick) => {
        const rank = pick % values.length;
        const percent = values.length === 1 ? 0 : (100 * rank) / (values.length - 1);
        const byCounting = [...values].sort((a, b) => a - b)[rank] as number;
        expect(percentile(values, percent)).toBeCloseTo(byCounting, 9);
      }),
    ));

  test('never falls when the percent rises', () =>
    fc.assert(
      fc.property(someValues, fc.integer({ min: 0, max: 99 }), (values, percent) => {
        expect(percentile(values, percent)).toBeLessThanOrEqual(percentile(values, percent + 1) + 1e-9);
      }),
    ));

  test('refuses an empty list, and percents outside 0..100', () => {
    expect(() => percentile([], 50)).toThrow(RangeError);
    expect(() => percentile([1], 101)).toThrow(RangeError);
    expect(() => percentile([1], NaN)).toThrow(RangeError);
  });
});

describe('median', () =>
  test('lies half way between the middle two of an even number of values', () =>
    expect(median([1, 2, 4, 100])).toBe(3)));

describe('mean', () =>
  test('is the sum over the number', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(() => mean([])).toThrow(RangeError);
  }));

describe('summarise', () =>
  test('gives the figures of 1..101, computed by hand', () => {
    const values = Array.from({ length: 101 }, (_, i) => 101 - i);
    expect(summarise(values)).toEqual({
      n: 101,
      min: 1,
      median: 51,
      mean: 51,
      p90: 91,
      p95: 96,
      p99: 100,
      max: 101,
    });
  }));
