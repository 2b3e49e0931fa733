import { describe, expect, test } from 'vitest';
import type { LabelMap } from '../labels/label-map.ts';
import { comparePaired, type NamedCounts } from './paired-comparison.ts';
import { countPicture } from './picture-counts.ts';
import { labelMapOf } from '../testing/label-maps.ts';

const truth = labelMapOf('000111');
const right = truth;
const halfRight = labelMapOf('000110');
const wrong = labelMapOf('000000');

const named = (predictions: readonly LabelMap[]): readonly NamedCounts[] =>
  predictions.map((prediction, i) => ({ name: `p${i}`, counts: countPicture(truth, prediction, 2) }));

describe('comparePaired', () => {
  test('calls a difference more than noise if every picture shares it', () => {
    const comparison = comparePaired(named(Array(12).fill(halfRight)), named(Array(12).fill(right)), 2);
    expect(comparison?.difference.value).toBeCloseTo(1 - (3 / 4 + 2 / 3) / 2, 12);
    expect(comparison?.distinguishable).toBe(true);
    expect(comparison?.better).toBe(12);
    expect(comparison?.verdict).toContain('29.2 points of mean IoU better over 12 pictures');
  });

  test('calls a difference noise if it varies with the pictures', () => {
    const mixed = [right, wrong, right, wrong, right, wrong];
    const turned = [wrong, right, wrong, right, wrong, right];
    const comparison = comparePaired(named(mixed), named(turned), 2);
    expect(comparison?.difference.value).toBeCloseTo(0, 12);
    expect(comparison?.distinguishable).toBe(false);
    expect([comparison?.better, comparison?.equal, comparison?.worse]).toEqual([3, 0, 3]);
    expect(comparison?.verdict).toContain('within the noise');
  });

  test('finds no difference between a configuration and itself', () => {
    const same = named([right, wrong, halfRight]);
    const comparison = comparePaired(same, same, 2);
    expect(comparison?.difference).toEqual({ value: 0, low: 0, high: 0 });
    expect(comparison?.distinguishable).toBe(false);
    expect(comparison?.equal).toBe(3);
  });

  test('compares only the pictures that both scored, and returns null if there are none', () => {
    const one = named([right, wrong]);
    expect(comparePaired(one, one.slice(1), 2)?.pictures).toBe(1);
    expect(comparePaired(one, [], 2)).toBeNull();
  });

  test('lists the largest differences first', () => {
    const comparison = comparePaired(named([right, right, right]), named([right, wrong, halfRight]), 2);
    expect(comparison?.perPicture.map(({ name }) => name)).toEqual(['p1', 'p2', 'p0']);
  });
});
