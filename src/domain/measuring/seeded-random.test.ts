import { describe, expect, test } from 'vitest';
import { seededRandom, xoshiro128 } from './seeded-random.ts';

describe('xoshiro128**', () =>
  test("reproduces its authors' numbers from the state 1 2 3 4", () => {
    const draw = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, draw)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  }));

describe('seededRandom', () => {
  const draws = (seed: number, count: number) => Array.from({ length: count }, seededRandom(seed));

  test('draws the same numbers from the same seed, and different ones from the next seed', () => {
    expect(draws(7, 5)).toEqual(draws(7, 5));
    expect(draws(7, 5)).not.toEqual(draws(8, 5));
  });

  test('stays within [0, 1) and fills ten equal parts evenly, from seed 0 too', () => {
    const counts = new Array<number>(10).fill(0);
    const values = draws(0, 20_000);
    expect(values.filter((value) => !(value >= 0 && value < 1))).toEqual([]);
    for (const value of values) {
      const part = Math.floor(value * 10);
      counts[part] = (counts[part] ?? 0) + 1;
    }
    // 2,000 expected in each; 5 standard deviations are 212.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(212);
  });
});
