import { describe, expect, test } from 'vitest';
import { BorderDisplacement } from './border-displacement.ts';
import { VOID_LABEL, type LabelMap } from '../labels/label-map.ts';

const SIZE = { width: 90, height: 60 };

/** Discs of three classes that cover the picture, read at (x, y) after `place` has moved it. */
function discs(place: (x: number, y: number) => readonly [number, number] = (x, y) => [x, y]): LabelMap {
  const labels = new Uint8Array(SIZE.width * SIZE.height);
  for (let row = 0, at = 0; row < SIZE.height; row++) {
    for (let column = 0; column < SIZE.width; column++, at++) {
      const [x, y] = place(column, row);
      const [cx, cy] = [Math.round((x - 15) / 30), Math.round((y - 15) / 30)];
      const inside = Math.hypot(x - 15 - 30 * cx, y - 15 - 30 * cy) < 9;
      labels[at] = inside ? 1 + ((((cx + cy) % 3) + 3) % 3) : 0;
    }
  }
  return { ...SIZE, labels };
}

function displacement(second: LabelMap, first = discs()) {
  const found = new BorderDisplacement();
  found.add(first, second);
  return found;
}

describe('the displacement of class borders', () => {
  test('is 0 between a map and itself, with every border matched', () => {
    const { x, y } = displacement(discs());
    for (const axis of [x, y]) {
      expect(axis).toMatchObject({ matched01: 1, thirds: [0, 0, 0], median: 0, meanDistance: 0 });
    }
  });

  test.each([1, 3, -2])('is %i along the rows when a map moves that many pixels to the right', (shift) => {
    const { x } = displacement(discs((column, row) => [column - shift, row]));
    expect(x.thirds.map((third) => third === null || Math.round(third))).toEqual([shift, shift, shift]);
    expect(x.median).toBeCloseTo(shift, 1);
    expect(x.meanDistance).toBeCloseTo(Math.abs(shift), 1);
  });

  test('appears along the columns when a map moves down', () => {
    const { y } = displacement(discs((column, row) => [column, row - 2]));
    expect(y.median).toBeCloseTo(2, 1);
  });

  test('grows from third to third when a map is stretched about its left edge', () => {
    const { x } = displacement(discs((column, row) => [column / 1.06, row]));
    const [left, middle, right] = x.thirds as [number, number, number];
    // 6 % of 15, 45 and 75 pixels.
    expect(left).toBeGreaterThan(0.3);
    expect(left).toBeLessThan(1.5);
    expect(middle).toBeGreaterThan(2);
    expect(middle).toBeLessThan(3.4);
    expect(right).toBeGreaterThan(3.7);
    expect(right).toBeLessThan(5.3);
  });

  test('has opposite signs on the two sides when a map is stretched about its middle', () => {
    const { x } = displacement(discs((column, row) => [45 + (column - 45) / 1.1, row]));
    const [left, , right] = x.thirds as [number, number, number];
    expect(left).toBeLessThan(-1.5);
    expect(right).toBeGreaterThan(1.5);
    expect(Math.abs(x.median as number)).toBeLessThan(1);
    expect(x.meanDistance).toBeGreaterThan(1);
  });

  test('compares only borders between the same two classes', () => {
    const other = discs();
    const { x } = displacement({
      ...other,
      labels: other.labels.map((label) => (label === 0 ? 0 : label + 3)),
    });
    expect(x).toEqual({
      borders: 0,
      matched01: 0,
      thirds: [null, null, null],
      median: null,
      meanDistance: null,
    });
  });

  test('leaves out borders with void, because a network never predicts void', () => {
    const first = discs();
    const labels = first.labels.map((label, at) => (at % SIZE.width < 45 ? VOID_LABEL : label));
    const { x } = displacement({ ...SIZE, labels }, { ...SIZE, labels });
    expect(x.matched01).toBe(1);
    expect(x.thirds[0]).toBeNull();
    expect(x.thirds[2]).toBe(0);
  });

  test('is undefined between maps of different sizes', () =>
    expect(() => {
      displacement({ width: 1, height: 1, labels: new Uint8Array(1) });
    }).toThrow(RangeError));
});
