/** What UpsampleArgmax means: every class at every pixel, no shortcut; slow, and only for comparing with. */
import type { UpsampleArgmaxShape } from './upsample-argmax.ts';

/**
 * Bilinear upsampling with align_corners, rounding half up in mode 'rounded', argmax with ties to the lowest index.
 * All values are scaled by (outHeight - 1) * (outWidth - 1), so that integer logits stay integers.
 * @param logits gridHeight x gridWidth x classes
 * @returns rows x cols class indices
 */
export function upsampleArgmaxByDefinition(
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
