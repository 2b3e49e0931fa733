import { describe, expect, test } from 'vitest';
import { makeEvaluationResult } from '../../testing/evaluation-results.ts';
import { cellWords, heatMapOf, MOST_CLASSES, shadeOf } from './heat-map.ts';

const result = makeEvaluationResult({ id: 'a' });

describe('a heat map', () => {
  test('has a row and a column per class, each cell as a share of its row', () => {
    const { cells, classes, leftOut } = heatMapOf(result);
    expect(classes).toHaveLength(21);
    expect(leftOut).toBe(0);
    expect(cells[8]?.[12]).toEqual({ truth: 8, predicted: 12, pixels: 9000, share01: 9000 / 40_000 });
    const cats = cells[8]?.reduce((sum, { share01 }) => sum + (share01 ?? 0), 0);
    expect(cats).toBeCloseTo(1, 12);
  });

  test('distinguishes a row without truth pixels from one that is never predicted', () => {
    const { cells } = heatMapOf(result);
    expect(cells[1]?.[0]?.share01).toBeNull();
    expect(cells[0]?.[1]?.share01).toBe(0);
  });

  test('of a long class list shows the classes with the most truth pixels, in index order', () => {
    const classes = Array.from({ length: 150 }, (_, index) => ({
      index,
      name: `class ${index}`,
      iou: 0.5,
      pictures: 1,
      truthPixels: index,
      predictedPixels: 1,
      boundaryF: null,
    }));
    const map = heatMapOf({
      figures: { ...result.figures, classes },
      matrix: new Array<number>(150 * 151).fill(0),
    });
    expect(map.leftOut).toBe(150 - MOST_CLASSES);
    expect(map.classes.map(({ index }) => index)).toEqual(
      Array.from({ length: MOST_CLASSES }, (_, i) => 150 - MOST_CLASSES + i),
    );
  });
});

test('shades grow with the share, from the page to ink', () => {
  const shades = [0, 0.01, 0.1, 0.4, 0.5, 0.9, 1].map((share) => shadeOf(share).ink);
  expect(shades).toEqual([...shades].sort((a, b) => a - b));
  expect(shades[0]).toBe(0);
  expect(shades.at(-1)).toBe(100);
  expect(shadeOf(0.01).ink).toBeGreaterThan(3);
});

test('a cell shows whole percent, and nothing if that would be 0', () =>
  expect([null, 0, 0.004, 0.006, 0.125, 1].map(cellWords)).toEqual(['', '', '', '1', '13', '100']));
