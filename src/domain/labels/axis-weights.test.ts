import { describe, expect, test } from 'vitest';
import { axisWeights, type Upsampling } from './axis-weights.ts';

describe('axisWeights', () => {
  test('the first and last pixels fall on the first and last nodes', () => {
    const { near, far, denominator } = axisWeights(3, 5, 5);
    expect(denominator).toBe(2);
    expect([...far]).toEqual([0, 1, 0, 1, 2]);
    expect([...near]).toEqual([2, 1, 2, 1, 0]);
  });

  test("DeepLab's sizes have the output stride as denominator", () => {
    expect(axisWeights(33, 513, 513).denominator).toBe(16);
    expect(axisWeights(17, 257, 257).denominator).toBe(16);
    expect(axisWeights(25, 385, 385).denominator).toBe(16);
    expect(axisWeights(65, 513, 513).denominator).toBe(8);
  });

  test('near and far always sum to the denominator', () => {
    const { near, far, denominator } = axisWeights(6, 17, 17);
    expect(near.map((weight, i) => weight + (far[i] as number))).toEqual(
      new Float64Array(17).fill(denominator),
    );
  });

  test('every pixel belongs to the cell whose two nodes enclose it', () =>
    expect([...axisWeights(3, 5, 5).start]).toEqual([0, 2, 5]));

  test('a crop ends the cells with the last wanted pixel', () =>
    expect([...axisWeights(3, 5, 1).start]).toEqual([0, 1, 1]));

  test('pixels fall at the positions of each TensorFlow rule, and stop at the last node', () => {
    const positions = (nodes: number, pixels: number, upsampling: Upsampling) => {
      const { far, denominator, start } = axisWeights(nodes, pixels, pixels, upsampling);
      return Array.from({ length: pixels }, (_, pixel) => {
        const cell = start.findLastIndex((first, i) => i < nodes - 1 && first <= pixel);
        return cell + (far[pixel] as number) / denominator;
      });
    };
    // Three nodes, six pixels: i / 2.5, i / 2, and (i + 1/2) / 2 - 1/2.
    expect(positions(3, 6, 'aligned')).toEqual([0, 0.4, 0.8, 1.2, 1.6, 2]);
    expect(positions(3, 6, 'unaligned')).toEqual([0, 0.5, 1, 1.5, 2, 2]);
    expect(positions(3, 6, 'half-pixel')).toEqual([0, 0.25, 0.75, 1.25, 1.75, 2]);
  });

  test("at DeepLab's stride of 16 the unaligned rule is up to 15 pixels off at the right edge", () => {
    const { far, denominator, start } = axisWeights(33, 513, 513, 'unaligned');
    const last = 512;
    const cell = start.findLastIndex((first, i) => i < 32 && first <= last);
    expect(cell + (far[last] as number) / denominator).toBe(32);
    // The pixel that is already on the last node.
    const first = Array.from(far).findIndex((one, i) => i > 480 && one === denominator);
    expect(last - first).toBeGreaterThanOrEqual(13);
    expect(last - first).toBeLessThanOrEqual(15);
  });

  test('a cell may hold no pixel if the grid is finer than the picture', () =>
    expect([...axisWeights(5, 3, 3).start]).toEqual([0, 1, 1, 2, 3]));

  test('a single pixel lies on the first node', () => {
    const { far, start } = axisWeights(4, 1, 1);
    expect([...far]).toEqual([0]);
    expect([...start]).toEqual([0, 1, 1, 1]);
  });
});
