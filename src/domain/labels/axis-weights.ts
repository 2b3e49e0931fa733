/** Where the pixels of one image axis lie between the nodes of a coarse grid, in whole numbers. */

/**
 * The position of pixel i of P on an axis of N nodes, in grid steps. Positions beyond the first and last nodes are
 * clamped to them.
 *
 * 'aligned': i (N - 1) / (P - 1), so that the first and last pixels fall on the first and last nodes. DeepLab's own
 *   rule (TensorFlow's ResizeBilinear with align_corners = true).
 * 'unaligned': i N / P. The same operation with align_corners = false and half_pixel_centers = false: the default of
 *   TensorFlow 1 and of TensorFlow.js' resizeBilinear. It moves aligned logits up to one grid step too far left.
 * 'half-pixel': (i + 1/2) N / P - 1/2. half_pixel_centers = true: TensorFlow 2's tf.image.resize, and PyTorch's
 *   align_corners = False.
 * Source: CalculateResizeScale and the pixel scalers in tensorflow/core/util/image_resizer_state.h.
 */
export const UPSAMPLINGS = ['aligned', 'unaligned', 'half-pixel'] as const;
export type Upsampling = (typeof UPSAMPLINGS)[number];

/**
 * Bilinear weights along one axis.
 *
 * The weights are numerators over one common denominator instead of fractions. Products with integer logits are then
 * exact and ties are true ties, at any size; DeepLab's own sizes (16 k + 1) have the denominators 8 and 16.
 */
export interface AxisWeights {
  /** Weight of the cell's second node per pixel, 0..denominator. */
  readonly far: Float64Array;
  /** Weight of the cell's first node per pixel: denominator - far. */
  readonly near: Float64Array;
  readonly denominator: number;
  /** First pixel of each cell; one more entry than cells, the last one being the number of pixels wanted. */
  readonly start: Int32Array;
}

/**
 * @param nodes grid nodes along the axis, >= 2
 * @param pixels pixels of the whole axis, >= 1
 * @param wanted how many pixels to compute, from the first, 1..pixels
 */
export function axisWeights(
  nodes: number,
  pixels: number,
  wanted: number,
  upsampling: Upsampling = 'aligned',
): AxisWeights {
  const cells = nodes - 1;
  const { step, first, denominator } = pixelRule(nodes, pixels, upsampling);
  const end = cells * denominator;

  const far = new Float64Array(wanted);
  const near = new Float64Array(wanted);
  const start = new Int32Array(cells + 1).fill(wanted);
  for (let pixel = wanted - 1; pixel >= 0; pixel--) {
    const position = Math.min(Math.max(first + pixel * step, 0), end);
    // The last pixel falls on the last node, which ends the last cell and starts none.
    const cell = Math.min(Math.floor(position / denominator), cells - 1);
    far[pixel] = position - cell * denominator;
    near[pixel] = (cell + 1) * denominator - position;
    start[cell] = pixel;
  }
  // Cells without a pixel (in a grid finer than the picture) start with the next cell.
  for (let cell = cells - 1; cell >= 0; cell--) {
    start[cell] = Math.min(start[cell] as number, start[cell + 1] as number);
  }
  return { far, near, denominator, start };
}

/** Pixel i is at (first + i * step) / denominator grid steps, all three whole. */
function pixelRule(
  nodes: number,
  pixels: number,
  upsampling: Upsampling,
): { readonly step: number; readonly first: number; readonly denominator: number } {
  if (upsampling === 'aligned') {
    const steps = Math.max(1, pixels - 1);
    const shared = greatestCommonDivisor(nodes - 1, steps);
    return { step: (nodes - 1) / shared, first: 0, denominator: steps / shared };
  }
  const shared = greatestCommonDivisor(nodes, pixels);
  const [step, denominator] = [nodes / shared, pixels / shared];
  if (upsampling === 'unaligned') return { step, first: 0, denominator };
  return { step: 2 * step, first: step - denominator, denominator: 2 * denominator };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
