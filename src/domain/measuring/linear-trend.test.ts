import { describe, expect, test } from 'vitest';
import { linearTrend } from './linear-trend.ts';
import { seededRandom } from './seeded-random.ts';

describe('linearTrend', () => {
  test('finds the slope of a line exactly', () =>
    expect(linearTrend([0, 1, 2, 3], [5, 7, 9, 11])).toMatchObject({ slope: 2, significant: true }));

  test('has the interval computed by hand for x 1..5, y 2 4 5 4 5', () => {
    // slope 0.6, SSE 2.4, s = sqrt(2.4 / 3), standard error s / sqrt(10) = 0.28284
    const { slope, low, high, significant } = linearTrend([1, 2, 3, 4, 5], [2, 4, 5, 4, 5]);
    expect(slope).toBeCloseTo(0.6, 10);
    expect(high - slope).toBeCloseTo(1.96 * 0.28284271, 6);
    expect(slope - low).toBeCloseTo(1.96 * 0.28284271, 6);
    expect(significant).toBe(true);
  });

  test('does not mistake noise around a constant for growth', () => {
    const x = Array.from({ length: 40 }, (_, i) => i);
    expect(
      linearTrend(
        x,
        x.map((i) => 100 + (i % 2 === 0 ? 3 : -3)),
      ).significant,
    ).toBe(false);
  });

  test('does not mistake a random walk for a trend, as an estimate with independent errors would', () => {
    const random = seededRandom(7);
    const x = Array.from({ length: 60 }, (_, i) => i);
    let significant = 0;
    for (let walk = 0; walk < 200; walk++) {
      let level = 0;
      // Halfway between white noise and a walk: each value keeps 0.8 of the one before.
      const y = x.map(() => (level = 0.8 * level + random() - 0.5));
      if (linearTrend(x, y).significant) significant++;
    }
    // With independent errors, more than 90 of these 200 would count as a trend.
    expect(significant).toBeLessThan(40);
  });

  test('still sees a trend through correlated noise', () => {
    const random = seededRandom(8);
    let level = 0;
    const x = Array.from({ length: 60 }, (_, i) => i);
    const y = x.map((i) => (level = 0.8 * level + random() - 0.5) + 0.2 * i);
    expect(linearTrend(x, y)).toMatchObject({ significant: true });
  });

  test('a falling trend is significant too', () =>
    expect(linearTrend([0, 1, 2], [2, 1, 0])).toMatchObject({ slope: -1, significant: true }));

  test.each([
    [
      [1, 2],
      [1, 2],
    ],
    [
      [1, 1, 1],
      [1, 2, 3],
    ],
    [
      [1, 2, 3],
      [1, 2],
    ],
  ])('refuses %j with %j', (x, y) => expect(() => linearTrend(x, y)).toThrow(RangeError));
});
