import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitInside, shrinkInside } from './frame.ts';

describe('fitInside', () => {
  test('scales the longest side to the given length, up or down, and rounds halves of the other side up', () => {
    expect(fitInside({ width: 640, height: 480 }, 513)).toEqual({ width: 513, height: 385 });
    expect(fitInside({ width: 50, height: 100 }, 257)).toEqual({ width: 129, height: 257 });
  });

  test('keeps at least one pixel and never leaves the square', () => {
    const length = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(length, length, fc.constantFrom(257, 385, 513), (width, height, side) => {
        const fitted = fitInside({ width, height }, side);
        const shortest = Math.min(fitted.width, fitted.height);
        expect(Math.max(fitted.width, fitted.height)).toBe(side);
        expect(shortest).toBeGreaterThanOrEqual(1);
        const exact = (Math.min(width, height) * side) / Math.max(width, height);
        expect(Math.abs(shortest - Math.max(1, exact))).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});

test('shrinkInside keeps a picture that fits, and shrinks a larger one to fit', () => {
  expect(shrinkInside({ width: 500, height: 375 }, 513)).toEqual({ width: 500, height: 375 });
  expect(shrinkInside({ width: 1026, height: 513 }, 513)).toEqual({ width: 513, height: 257 });
});
