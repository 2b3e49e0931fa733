import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundaryScores } from './boundary-score.ts';
import { VOID_LABEL, type LabelMap } from '../labels/label-map.ts';
import { anyLabelMaps, labelMapOf } from '../testing/label-maps.ts';

/** The share of the diagonal that gives a tolerance of this many pixels. */
const pixels = (map: LabelMap, tolerance: number) => tolerance / Math.hypot(map.width, map.height);

describe('boundaryScores', () => {
  test('is 1 for every class with a border when truth and prediction are equal', () => {
    const map = labelMapOf('0011', '0011', '2211');
    expect(boundaryScores(map, map)).toEqual([0, 1, 2].map((index) => ({ index, f: 1 })));
  });

  test('gives the score of a 3 x 3 case worked out by hand', () => {
    const truth = labelMapOf('001', '001', '001');
    const prediction = labelMapOf('011', '011', '001');
    // Tolerance under one pixel: a border pixel counts only at exactly the same place.
    // Class 0: (1,0) (1,1) (1,2) against (0,0) (0,1) (1,2); class 1: (2,0) (2,1) (2,2) against (1,0) (1,1) (2,2).
    const scores = boundaryScores(truth, prediction, pixels(truth, 0.9));
    expect(scores.map(({ index }) => index)).toEqual([0, 1]);
    for (const { f } of scores) expect(f).toBeCloseTo(1 / 3, 12);
    // At 1.1 pixels every border pixel has a partner next to it.
    expect(boundaryScores(truth, prediction, pixels(truth, 1.1)).map(({ f }) => f)).toEqual([1, 1]);
  });

  test('is 0 if only truth or only prediction has a border, and absent if neither has', () => {
    expect(boundaryScores(labelMapOf('0000'), labelMapOf('0011'))).toEqual([
      { index: 0, f: 0 },
      { index: 1, f: 0 },
    ]);
    expect(boundaryScores(labelMapOf('00', '00'), labelMapOf('00', '00'))).toEqual([]);
  });

  test('treats the void band between two classes as the border of both', () => {
    const truth = labelMapOf('000..1111');
    const prediction = labelMapOf('000011111');
    expect(boundaryScores(truth, prediction, pixels(truth, 1.5)).map(({ f }) => f)).toEqual([1, 1]);
  });

  test('equals the definition, with every border pixel measured against every other', () =>
    fc.assert(
      fc.property(anyLabelMaps(3), fc.double({ min: 0.05, max: 0.6, noNaN: true }), (maps, tolerance01) => {
        const scores = boundaryScores(maps.truth, maps.prediction, tolerance01);
        expect(scores).toEqual(byDefinition(maps.truth, maps.prediction, tolerance01));
      }),
    ));
});

interface Point {
  readonly x: number;
  readonly y: number;
}

function bordersOf({ width, height, labels }: LabelMap, index: number): readonly Point[] {
  const points: Point[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (labels[y * width + x] !== index) continue;
      const neighbours = [
        x > 0 ? labels[y * width + x - 1] : index,
        x + 1 < width ? labels[y * width + x + 1] : index,
        y > 0 ? labels[(y - 1) * width + x] : index,
        y + 1 < height ? labels[(y + 1) * width + x] : index,
      ];
      if (neighbours.some((label) => label !== index)) points.push({ x, y });
    }
  }
  return points;
}

function byDefinition(truth: LabelMap, prediction: LabelMap, tolerance01: number) {
  const tolerance = tolerance01 * Math.hypot(truth.width, truth.height);
  const share = (from: readonly Point[], to: readonly Point[]) =>
    from.length === 0
      ? 0
      : from.filter((a) =>
          to.some((b) => {
            const distance = Math.hypot(a.x - b.x, a.y - b.y);
            return distance === 0 || distance < tolerance;
          }),
        ).length / from.length;
  return Array.from({ length: VOID_LABEL }, (_, index) => index).flatMap((index) => {
    const [actual, predicted] = [bordersOf(truth, index), bordersOf(prediction, index)];
    if (actual.length + predicted.length === 0) return [];
    const [precision, recall] = [share(predicted, actual), share(actual, predicted)];
    const sum = precision + recall;
    return [{ index, f: sum === 0 ? 0 : (2 * precision * recall) / sum }];
  });
}
