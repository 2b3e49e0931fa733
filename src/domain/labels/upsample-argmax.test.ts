import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UpsampleArgmax, type UpsampleArgmaxShape } from './upsample-argmax.ts';

/** Grids, crops and class counts of all kinds: odd ratios, grids finer than the picture, one-pixel pictures. */
const anyShape = fc
  .record({
    gridHeight: fc.integer({ min: 2, max: 7 }),
    gridWidth: fc.integer({ min: 2, max: 7 }),
    classes: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom(21, 151, 255)),
    outHeight: fc.integer({ min: 1, max: 50 }),
    outWidth: fc.integer({ min: 1, max: 50 }),
    cropY: fc.double({ min: 0, max: 1, noNaN: true }),
    cropX: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ cropY, cropX, ...sides }) => ({
    ...sides,
    rows: Math.max(1, Math.round(cropY * sides.outHeight)),
    cols: Math.max(1, Math.round(cropX * sides.outWidth)),
  }));

type Shape = Omit<UpsampleArgmaxShape, 'mode'>;
const logitCount = (shape: Shape) => shape.gridHeight * shape.gridWidth * shape.classes;

/** From a few distinct values (many ties) up to all of them; `spread` is the largest. */
function integers(shape: Shape, low: number, high: number, spread: number, seed: number): number[] {
  let state = seed >>> 0;
  const noise = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const top = Math.min(high, low + spread);
  return Array.from({ length: logitCount(shape) }, () => low + Math.floor(noise() * (top - low + 1)));
}

const anyCase = fc.record({ shape: anyShape, seed: fc.nat(), spread: fc.constantFrom(1, 2, 5, 40, 255) });

function differing(shape: UpsampleArgmaxShape, logits: Float32Array | Uint8Array | Int8Array): number {
  const fused = new UpsampleArgmax(shape).run(logits, new Uint8Array(shape.rows * shape.cols));
  const definition = upsampleArgmaxByDefinition(shape, logits);
  return definition.reduce((count, label, i) => count + (label === fused[i] ? 0 : 1), 0);
}

describe('UpsampleArgmax equals its definition in every pixel', () => {
  test.each(['exact', 'rounded'] as const)('for unsigned integer logits with ties, mode %s', (mode) =>
    fc.assert(
      fc.property(anyCase, ({ shape, seed, spread }) => {
        expect(differing({ ...shape, mode }, Uint8Array.from(integers(shape, 0, 255, spread, seed)))).toBe(0);
      }),
      { numRuns: 1500 },
    ),
  );

  test.each(['exact', 'rounded'] as const)('for signed integer logits with ties, mode %s', (mode) =>
    fc.assert(
      fc.property(anyCase, ({ shape, seed, spread }) => {
        expect(differing({ ...shape, mode }, Int8Array.from(integers(shape, -128, 127, spread, seed)))).toBe(
          0,
        );
      }),
      { numRuns: 1000 },
    ),
  );

  test('for float logits, coarse steps (ties) and fine ones', () =>
    fc.assert(
      fc.property(anyCase, fc.constantFrom(2 ** -1, 2 ** -6, 2 ** -17), ({ shape, seed, spread }, step) => {
        const range = step === 2 ** -17 ? 2 ** 23 : spread;
        const logits = Float32Array.from(integers(shape, -(2 ** 22), 2 ** 22, range, seed), (k) => k * step);
        expect(differing({ ...shape, mode: 'exact' }, logits)).toBe(0);
      }),
      { numRuns: 1500 },
    ));

  test.each([
    [17, 257],
    [25, 385],
    [33, 513],
  ])("at DeepLab's sizes, %i nodes a side to %i pixels", (grid, side) => {
    const shape = { gridHeight: grid, gridWidth: grid, classes: 21, outHeight: side, outWidth: side };
    const logits = new Float32Array(grid * grid * 21);
    for (let i = 0; i < logits.length; i++) {
      const node = Math.floor(i / 21);
      const wave =
        Math.sin((node % grid) / 4 + (i % 21)) * Math.cos(Math.floor(node / grid) / 5 + (i % 21) / 3);
      logits[i] = Math.round(wave * 100);
    }
    for (const mode of ['exact', 'rounded'] as const) {
      expect(differing({ ...shape, rows: side, cols: Math.floor(side * 0.75), mode }, logits)).toBe(0);
    }
  });
});

describe('UpsampleArgmax', () => {
  /** Class 0 is 1 everywhere, class 1 rises from 0 at the left edge to 2 at the right edge. */
  const ramp = { gridHeight: 2, gridWidth: 2, classes: 2, outHeight: 1, outWidth: 9, rows: 1, cols: 9 };
  const rampLogits = Uint8Array.of(1, 0, 1, 2, 1, 0, 1, 2);

  test('compares interpolated values, ties going to the lowest index', () => {
    const labels = new UpsampleArgmax({ ...ramp, mode: 'exact' }).run(rampLogits, new Uint8Array(9));
    expect([...labels]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1]);
  });

  test('rounds half up before comparing in mode rounded, so that 1.25 ties with 1 and 1.5 wins', () => {
    const labels = new UpsampleArgmax({ ...ramp, mode: 'rounded' }).run(rampLogits, new Uint8Array(9));
    expect([...labels]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1]);
  });

  test('keeps no state from one run to the next', () => {
    const shape = { ...ramp, gridWidth: 3, classes: 4, outWidth: 30, cols: 30, mode: 'exact' } as const;
    const one = new UpsampleArgmax(shape);
    const first = Float32Array.from({ length: 24 }, (_, i) => (i * 7) % 11);
    const second = Float32Array.from({ length: 24 }, (_, i) => (i * 5) % 13);
    const before = [...one.run(first, new Uint8Array(30))];
    one.run(second, new Uint8Array(30));
    expect([...one.run(first, new Uint8Array(30))]).toEqual(before);
  });

  test('terminates on NaN scores, and returns classes that exist', () => {
    const out = new UpsampleArgmax({ ...ramp, mode: 'exact' }).run(
      new Float32Array(8).fill(NaN),
      new Uint8Array(9),
    );
    expect(Math.max(...out)).toBeLessThan(ramp.classes);
  });

  test('fills and returns the array it was given', () => {
    const out = new Uint8Array(9).fill(77);
    expect(new UpsampleArgmax({ ...ramp, mode: 'exact' }).run(rampLogits, out)).toBe(out);
    expect(out).not.toContain(77);
  });

  test('refuses shapes and lengths that do not fit', () => {
    const build = (change: Partial<UpsampleArgmaxShape>) => () =>
      new UpsampleArgmax({ ...ramp, mode: 'exact', ...change });
    expect(build({ gridHeight: 1 })).toThrow(/gridHeight is 1/);
    expect(build({ rows: 2 })).toThrow(RangeError);
    expect(build({ cols: 10 })).toThrow(RangeError);
    expect(build({ classes: 256 })).toThrow(RangeError);
    expect(build({ outWidth: 8.5 })).toThrow(RangeError);
    const one = build({})();
    expect(() => one.run(new Uint8Array(7), new Uint8Array(9))).toThrow('Expected 8 logits, got 7.');
    expect(() => one.run(rampLogits, new Uint8Array(8))).toThrow('Expected room for 9 labels, got 8.');
  });
});

/**
 * The definition of UpsampleArgmax: every class at every pixel, without a shortcut. Slow, for comparison only.
 * Bilinear upsampling with align_corners, rounding half up in mode 'rounded', argmax with ties to the lowest index.
 * All values are scaled by (outHeight - 1) * (outWidth - 1), so that integer logits stay integers.
 * @param logits gridHeight x gridWidth x classes
 * @returns rows x cols class indices
 */
function upsampleArgmaxByDefinition(
  shape: UpsampleArgmaxShape,
  logits: ArrayLike<number>,
): Uint8Array<ArrayBuffer> {
  const { gridHeight, gridWidth, classes, outHeight, outWidth, rows, cols, mode } = shape;
  const heightSteps = Math.max(1, outHeight - 1);
  const widthSteps = Math.max(1, outWidth - 1);
  const unit = heightSteps * widthSteps;
  const at = (y: number, x: number, c: number) => logits[(y * gridWidth + x) * classes + c] as number;
  const labels = new Uint8Array(rows * cols);
  for (let y = 0; y < rows; y++) {
    const top = Math.min(Math.floor((y * (gridHeight - 1)) / heightSteps), gridHeight - 2);
    const v = y * (gridHeight - 1) - top * heightSteps;
    for (let x = 0; x < cols; x++) {
      const left = Math.min(Math.floor((x * (gridWidth - 1)) / widthSteps), gridWidth - 2);
      const t = x * (gridWidth - 1) - left * widthSteps;
      let best = -Infinity;
      for (let c = 0; c < classes; c++) {
        const leftEdge = (heightSteps - v) * at(top, left, c) + v * at(top + 1, left, c);
        const rightEdge = (heightSteps - v) * at(top, left + 1, c) + v * at(top + 1, left + 1, c);
        const value = (widthSteps - t) * leftEdge + t * rightEdge;
        const compared = mode === 'rounded' ? Math.floor((2 * value + unit) / (2 * unit)) : value;
        if (compared > best) {
          best = compared;
          labels[y * cols + x] = c;
        }
      }
    }
  }
  return labels;
}
