import { describe, expect, test } from 'vitest';
import { VOID_LABEL, agreement01, countLabels, resizeLabelMap } from './label-map.ts';
import type { LabelMap } from './label-map.ts';

const map = (width: number, ...labels: number[]): LabelMap => ({
  width,
  height: labels.length / width,
  labels: Uint8Array.from(labels),
});

describe('resizeLabelMap', () => {
  test('takes the nearest pixel centre when growing', () =>
    expect(resizeLabelMap(map(2, 1, 2, 3, 4), { width: 4, height: 2 })).toEqual(
      map(4, 1, 1, 2, 2, 3, 3, 4, 4),
    ));

  test('takes the nearest pixel centre when shrinking', () =>
    expect(resizeLabelMap(map(3, 7, 8, 9), { width: 1, height: 1 })).toEqual(map(1, 8)));

  test('never invents a label between two others', () => {
    const enlarged = resizeLabelMap(map(2, 0, 20), { width: 33, height: 7 });
    expect(new Set(enlarged.labels)).toEqual(new Set([0, 20]));
  });

  test('keeps void', () => {
    const enlarged = resizeLabelMap(map(1, VOID_LABEL), { width: 2, height: 1 });
    expect(enlarged).toEqual(map(2, VOID_LABEL, VOID_LABEL));
  });

  test('changes nothing at its own size', () => {
    const original = map(3, 1, 2, 3, 4, 5, 6);
    expect(resizeLabelMap(original, original)).toEqual(original);
  });

  test.each([
    [0, 1],
    [1, -1],
    [1.5, 1],
    [NaN, 1],
  ])('refuses %d x %d', (width, height) =>
    expect(() => resizeLabelMap(map(1, 0), { width, height })).toThrow(RangeError),
  );
});

describe('countLabels', () => {
  test('counts every pixel once, void included', () => {
    const counts = countLabels(map(2, 0, 15, 15, VOID_LABEL));
    expect(counts).toHaveLength(256);
    expect([counts[0], counts[15], counts[VOID_LABEL]]).toEqual([1, 2, 1]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  test('starts from zero in a reused array', () => {
    const counts = new Uint32Array(256).fill(9);
    expect(countLabels(map(1, 3), counts)).toBe(counts);
    expect(counts[3]).toBe(1);
    expect(counts[4]).toBe(0);
  });
});

describe('agreement01', () => {
  test('is the share of equal pixels', () =>
    expect(agreement01(map(2, 1, 2, 3, 4), map(2, 1, 2, 3, 9))).toBe(0.75));

  test('counts void like any label', () =>
    expect(agreement01(map(2, VOID_LABEL, 1), map(2, VOID_LABEL, VOID_LABEL))).toBe(0.5));

  test('refuses maps of different sizes, even with equally many pixels', () =>
    expect(() => agreement01(map(2, 1, 2), map(1, 1, 2))).toThrow(RangeError));
});
