import { describe, expect, test } from 'vitest';
import type { LabelMap } from './label-map.ts';
import { createLabelSwaps, differenceMap } from './label-swaps.ts';

const map = (width: number, ...values: number[]): LabelMap => ({
  width,
  height: values.length / width,
  labels: Uint8Array.from(values),
});

describe('label swaps', () => {
  test('give the share of pixels that agree, frame by frame', () =>
    expect(createLabelSwaps().add(map(2, 0, 8, 8, 12), map(2, 0, 8, 12, 12))).toBe(0.75));

  test('name the pairs of classes over all frames, the largest share first', () => {
    const swaps = createLabelSwaps();
    swaps.add(map(2, 0, 8, 8, 12), map(2, 0, 8, 12, 12));
    swaps.add(map(2, 0, 8, 8, 12), map(2, 15, 12, 12, 12));
    expect(swaps.largest(5)).toEqual([
      { first: 8, second: 12, share01: 3 / 8 },
      { first: 0, second: 15, share01: 1 / 8 },
    ]);
    expect(swaps.largest(1)).toHaveLength(1);
  });

  test('tell one direction from the other', () => {
    const swaps = createLabelSwaps();
    swaps.add(map(2, 8, 12), map(2, 12, 8));
    expect(swaps.largest(5)).toEqual([
      { first: 8, second: 12, share01: 0.5 },
      { first: 12, second: 8, share01: 0.5 },
    ]);
  });

  test('leave out pixels that are void in either map', () => {
    const swaps = createLabelSwaps();
    expect(swaps.add(map(4, 255, 8, 8, 12), map(4, 8, 8, 12, 255))).toBe(0.5);
    expect(swaps.largest(5)).toEqual([{ first: 8, second: 12, share01: 0.5 }]);
  });

  test('compare at the larger size', () => {
    const small = map(1, 8);
    expect(createLabelSwaps().add(small, map(2, 8, 8, 8, 0))).toBe(0.75);
    expect(createLabelSwaps().add(map(2, 8, 8, 8, 0), small)).toBe(0.75);
  });

  test('are empty without a frame', () => expect(createLabelSwaps().largest(5)).toEqual([]));
});

test('a difference map marks the pixels that differ, and is void if either map is void', () => {
  expect([...differenceMap(map(2, 255, 8), map(2, 0, 255)).labels]).toEqual([255, 255]);
  expect([...differenceMap(map(2, 0, 8, 255, 12), map(2, 0, 12, 255, 12)).labels]).toEqual([0, 1, 255, 0]);
});
