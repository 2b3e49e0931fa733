import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VOID_LABEL, type LabelMap } from './label-map.ts';
import {
  labelsOfSource,
  middleSquare,
  onlyInside,
  placeLabels,
  preprocessedPicture,
} from './picture-region.ts';

const V = VOID_LABEL;
const map = (width: number, labels: readonly number[]): LabelMap => ({
  width,
  height: labels.length / width,
  labels: Uint8Array.from(labels),
});

describe('the middle square', () =>
  test('is as large as the shorter side and lies inside the picture, as close to its middle as whole pixels allow', () => {
    expect(middleSquare({ width: 500, height: 375 })).toEqual({ x: 62, y: 0, width: 375, height: 375 });
    expect(middleSquare({ width: 3, height: 8 })).toEqual({ x: 0, y: 2, width: 3, height: 3 });
    const side = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const { x, y, width: columns, height: rows } = middleSquare({ width, height });
        expect(columns).toBe(Math.min(width, height));
        expect(rows).toBe(columns);
        expect(width - columns - 2 * x).toBeOneOf([0, 1]);
        expect(height - rows - 2 * y).toBeOneOf([0, 1]);
      }),
    );
  }));

test.each([
  ['fit', 257, { size: { width: 257, height: 193 }, region: null }],
  ['native', 513, { size: { width: 500, height: 375 }, region: null }],
  ['native', 257, { size: { width: 257, height: 193 }, region: null }],
  ['stretch', 257, { size: { width: 257, height: 257 }, region: null }],
  ['crop', 257, { size: { width: 257, height: 257 }, region: { x: 62, y: 0, width: 375, height: 375 } }],
] as const)('%s at %i decides which part of a picture is drawn and how large', (preprocessing, side, drawn) =>
  expect(preprocessedPicture({ width: 500, height: 375 }, side, preprocessing)).toEqual(drawn),
);

test('a label map of the whole picture is returned unchanged', () => {
  const whole = map(2, [1, 2, 3, 4]);
  expect(labelsOfSource(whole, null, { width: 4, height: 4 })).toBe(whole);
});

describe('labels of a region', () => {
  test('return to their place in the picture, with void around them', () => {
    const placed = placeLabels(
      map(2, [1, 2, 3, 4]),
      { x: 1, y: 0, width: 2, height: 2 },
      { width: 4, height: 2 },
    );
    expect(placed).toEqual(map(4, [V, 1, 2, V, V, 3, 4, V]));
  });

  test('are scaled by nearest neighbour', () => {
    const region = { x: 0, y: 1, width: 4, height: 4 };
    const placed = placeLabels(map(2, [1, 2, 3, 4]), region, { width: 4, height: 6 });
    expect(placed).toEqual(map(4, [V, V, V, V, 1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4, V, V, V, V]));
  });

  test('become void outside the region in the truth, so that unseen pixels are not scored', () =>
    expect(onlyInside(map(4, [1, 2, 3, 4, 5, 6, 7, 8]), { x: 1, y: 0, width: 2, height: 2 })).toEqual(
      map(4, [V, 2, 3, V, V, 6, 7, V]),
    ));
});
