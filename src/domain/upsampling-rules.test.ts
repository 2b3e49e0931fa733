import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UPSAMPLINGS, type Upsampling } from './labels/axis-weights.ts';
import { UpsampleArgmax } from './labels/upsample-argmax.ts';

/** Where TensorFlow's ResizeBilinear reads for pixel i: image_resizer_state.h, reimplemented. */
function position(i: number, nodes: number, pixels: number, upsampling: Upsampling): number {
  const at = {
    aligned: (i * (nodes - 1)) / Math.max(1, pixels - 1),
    unaligned: (i * nodes) / pixels,
    'half-pixel': ((i + 0.5) * nodes) / pixels - 0.5,
  }[upsampling];
  return Math.min(Math.max(at, 0), nodes - 1);
}

/** Values of all classes at a pixel, by plain bilinear interpolation. */
function valuesAt(logits: Float32Array, grid: number, classes: number, y: number, x: number): number[] {
  const [top, left] = [Math.min(Math.floor(y), grid - 2), Math.min(Math.floor(x), grid - 2)];
  const [v, h] = [y - top, x - left];
  const at = (row: number, column: number, c: number) =>
    logits[((top + row) * grid + left + column) * classes + c] as number;
  return Array.from({ length: classes }, (_, c) => {
    const upper = (1 - h) * at(0, 0, c) + h * at(0, 1, c);
    const lower = (1 - h) * at(1, 0, c) + h * at(1, 1, c);
    return (1 - v) * upper + v * lower;
  });
}

test.each(UPSAMPLINGS)('gives every pixel the same class as TensorFlow: %s', (upsampling) => {
  const size = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 29 }));
  fc.assert(
    fc.property(size, fc.infiniteStream(fc.integer({ min: -40, max: 40 })), ([grid, pixels], numbers) => {
      const classes = 3;
      const logits = Float32Array.from([...numbers.take(grid * grid * classes)]);
      const shape = { gridHeight: grid, gridWidth: grid, classes, outHeight: pixels, outWidth: pixels };
      const step = new UpsampleArgmax({ ...shape, rows: pixels, cols: pixels, mode: 'exact', upsampling });
      const labels = step.run(logits, new Uint8Array(pixels * pixels));
      for (let i = 0; i < labels.length; i++) {
        const y = position(Math.floor(i / pixels), grid, pixels, upsampling);
        const x = position(i % pixels, grid, pixels, upsampling);
        const values = valuesAt(logits, grid, classes, y, x);
        // Rounding may break a tie either way: the winner is among the best.
        expect(values[labels[i] as number]).toBeGreaterThanOrEqual(Math.max(...values) - 1e-9);
      }
    }),
    { numRuns: 60 },
  );
});
