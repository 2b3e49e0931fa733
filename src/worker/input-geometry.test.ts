import { describe, expect, test } from 'vitest';
import { inputGeometry } from './input-geometry.ts';

const OUTSIDE = { kind: 'outside' } as const;
const INSIDE = { kind: 'inside', size: 513 } as const;

describe("'fit'", () => {
  test('scales the longest side to the input size and pads to its square', () => {
    expect(inputGeometry({ width: 640, height: 480 }, 257, 'fit', OUTSIDE)).toEqual({
      region: null,
      picture: { width: 257, height: 193 },
      tensor: { width: 257, height: 257 },
      inputSize: 257,
    });
    expect(inputGeometry({ width: 100, height: 200 }, 513, 'fit', OUTSIDE).picture).toEqual({
      width: 257,
      height: 513,
    });
  });

  test('leaves the padding to a graph that pads inside, and uses its size', () =>
    expect(inputGeometry({ width: 451, height: 300 }, 257, 'fit', INSIDE)).toEqual({
      region: null,
      picture: { width: 513, height: 341 },
      tensor: { width: 513, height: 341 },
      inputSize: 513,
    }));
});

describe("'native'", () => {
  test('does not resize what fits: the published VOC protocol', () => {
    expect(inputGeometry({ width: 500, height: 375 }, 513, 'native', OUTSIDE).picture).toEqual({
      width: 500,
      height: 375,
    });
    expect(inputGeometry({ width: 500, height: 375 }, 513, 'native', INSIDE).tensor).toEqual({
      width: 500,
      height: 375,
    });
  });

  test('shrinks a larger picture to fit', () =>
    expect(inputGeometry({ width: 1026, height: 800 }, 513, 'native', OUTSIDE).picture).toEqual({
      width: 513,
      height: 400,
    }));
});

describe("'stretch'", () =>
  test('fills the square with the whole picture, for any shape and any padding', () => {
    for (const padding of [OUTSIDE, INSIDE]) {
      expect(inputGeometry({ width: 500, height: 375 }, 513, 'stretch', padding)).toEqual({
        region: null,
        picture: { width: 513, height: 513 },
        tensor: { width: 513, height: 513 },
        inputSize: 513,
      });
    }
  }));

describe("'crop'", () => {
  test('fills the square with the middle of the picture', () =>
    expect(inputGeometry({ width: 6, height: 4 }, 257, 'crop', OUTSIDE)).toEqual({
      region: { x: 1, y: 0, width: 4, height: 4 },
      picture: { width: 257, height: 257 },
      tensor: { width: 257, height: 257 },
      inputSize: 257,
    }));
});
