import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LabelAgreementCounter } from './label-agreement.ts';
import { agreement01, resizeLabelMap, type LabelMap } from './label-map.ts';

const map = (width: number, ...labels: number[]): LabelMap => ({
  width,
  height: labels.length / width,
  labels: Uint8Array.from(labels),
});

const counter = new LabelAgreementCounter();

test('equal label maps agree everywhere, and nothing is swapped', () => {
  const one = map(2, 0, 15, 15, 255);
  expect(counter.compare(one, one)).toEqual({
    overall01: 1,
    pixels: 4,
    classes: [
      { classIndex: 0, union: 1, agreement01: 1 },
      { classIndex: 15, union: 2, agreement01: 1 },
      { classIndex: 255, union: 1, agreement01: 1 },
    ],
    swaps: [],
  });
});

test('compares classes by intersection over union, and counts swaps with their direction', () => {
  const { overall01, classes, swaps } = counter.compare(map(4, 0, 0, 8, 8), map(4, 0, 12, 12, 8));
  expect(overall01).toBe(0.5);
  expect(classes).toEqual([
    { classIndex: 0, union: 2, agreement01: 0.5 },
    { classIndex: 8, union: 2, agreement01: 0.5 },
    { classIndex: 12, union: 2, agreement01: 0 },
  ]);
  expect(swaps).toEqual([
    { left: 0, right: 12, pixels: 1 },
    { left: 8, right: 12, pixels: 1 },
  ]);
});

test('lists the most frequent swap first', () => {
  const { swaps } = counter.compare(map(3, 1, 2, 2), map(3, 0, 0, 0));
  expect(swaps).toEqual([
    { left: 2, right: 0, pixels: 2 },
    { left: 1, right: 0, pixels: 1 },
  ]);
});

test('visits every pixel that differs, with both of its classes', () => {
  const seen: number[][] = [];
  counter.compare(map(2, 0, 1, 2, 3), map(2, 0, 9, 2, 7), (...pixel) => seen.push(pixel));
  expect(seen).toEqual([
    [1, 1, 9],
    [3, 3, 7],
  ]);
});

const anyMap = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.array(fc.nat({ max: 3 }), { minLength: 9, maxLength: 81 }))
  .map(([width, values]) => map(width, ...values.slice(0, Math.floor(values.length / width) * width)));

test('compares maps of different sizes at the larger one per axis, by nearest neighbour', () =>
  fc.assert(
    fc.property(anyMap, anyMap, (left, right) => {
      const size = {
        width: Math.max(left.width, right.width),
        height: Math.max(left.height, right.height),
      };
      const expected = agreement01(resizeLabelMap(left, size), resizeLabelMap(right, size));
      const { overall01, pixels } = counter.compare(left, right);
      expect(pixels).toBe(size.width * size.height);
      expect(overall01).toBeCloseTo(expected, 12);
    }),
  ));
