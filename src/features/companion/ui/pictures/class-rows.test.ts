import { expect, test } from 'vitest';
import { classRows } from './class-rows.ts';

const entry = (classIndex: number, share01: number) => ({
  classIndex,
  share01,
  name: `class ${classIndex}`,
  color: 'red',
});

test('every class of either side has a row, ordered by index with the background last', () => {
  const rows = classRows([entry(0, 0.9), entry(15, 0.1)], [entry(8, 0.2), entry(0, 0.8)], null);
  expect(rows.map(({ classIndex, browser01, agent01 }) => [classIndex, browser01, agent01])).toEqual([
    [8, 0, 0.2],
    [15, 0.1, 0],
    [0, 0.9, 0.8],
  ]);
});

test('the agreement of a class is unknown, not 0, where the two were not compared', () => {
  const agreement = {
    overall01: 0.9,
    pixels: 100,
    classes: [{ classIndex: 0, union: 95, agreement01: 0.8 }],
    swaps: [],
  };
  expect(classRows([entry(0, 1)], [entry(0, 1)], null)[0]?.agreement01).toBeNull();
  expect(classRows([entry(0, 1)], [entry(0, 1)], agreement)[0]?.agreement01).toBe(0.8);
});

test('a side without a frame has no shares, not shares of 0', () =>
  expect(classRows([entry(0, 1)], [], null)[0]).toMatchObject({ browser01: 1, agent01: null }));
