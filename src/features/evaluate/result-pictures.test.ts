import { describe, expect, test } from 'vitest';
import { encodeLabelRuns, maxLabelRunBytes } from '../../protocol/label-runs.ts';
import { evenly, labelChange } from './result-pictures.ts';
import type { PictureLabels } from './picture-scoring.ts';

const SIZE = 40;

/** Background with a square of class 7 whose left edge is at `left`; void where x < `unseen`. */
function kept(name: string, left: number, unseen = 0, width = SIZE): PictureLabels {
  const labels = Uint8Array.from({ length: width * SIZE }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x < unseen) return 255;
    return x >= left && x < left + 20 && y >= 10 && y < 30 ? 7 : 0;
  });
  const runs = new Uint8Array(maxLabelRunBytes(labels.length));
  return { name, width, height: SIZE, runs: runs.slice(0, encodeLabelRuns(labels, runs)) };
}

const sides =
  (baseline: (name: string) => PictureLabels | null, other: (name: string) => PictureLabels | null) =>
  (side: 0 | 1, name: string) =>
    Promise.resolve(side === 0 ? baseline(name) : other(name));

describe('label changes between two configurations', () => {
  test('measure the share of agreeing pixels, and the distance of the borders from the baseline', async () => {
    const change = await labelChange(
      ['a', 'b'],
      sides(
        (name) => kept(name, 10),
        (name) => kept(name, 12),
      ),
    );
    // Two columns of 20 pixels on each side of the square.
    expect(change).toMatchObject({ pictures: 2, agreement01: 1 - 80 / (SIZE * SIZE) });
    expect(change?.x.median).toBeCloseTo(2, 1);
    expect(change?.y.median).toBeCloseTo(0, 1);
  });

  test('exclude pixels that either side did not see', async () => {
    const change = await labelChange(
      ['a'],
      sides(
        (name) => kept(name, 10),
        (name) => kept(name, 10, 15),
      ),
    );
    expect(change).toMatchObject({ pictures: 1, agreement01: 1 });
    expect(
      (
        await labelChange(
          ['a'],
          sides(
            (name) => kept(name, 10),
            (name) => kept(name, 10, SIZE),
          ),
        )
      )?.agreement01,
    ).toBeNull();
  });

  test('exclude pictures without saved labels and pictures of a different size', async () => {
    const other = (name: string) =>
      name === 'gone' ? null : name === 'else' ? kept(name, 5, 0, 50) : kept(name, 10);
    expect(
      await labelChange(
        ['gone', 'else', 'a'],
        sides((name) => kept(name, 10), other),
      ),
    ).toMatchObject({
      pictures: 1,
    });
    expect(
      await labelChange(
        ['gone', 'else'],
        sides((name) => kept(name, 10), other),
      ),
    ).toBeNull();
  });
});

test('spreads a sample evenly and includes both ends', () => {
  expect(evenly([1, 2, 3], 5)).toEqual([1, 2, 3]);
  expect(
    evenly(
      Array.from({ length: 101 }, (_, i) => i),
      5,
    ),
  ).toEqual([0, 25, 50, 75, 100]);
});
