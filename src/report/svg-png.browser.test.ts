import { describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problems/problem.ts';
import { makeRun } from '../domain/testing/run-record.ts';
import { charts } from './bundle.ts';
import { svgToPng } from './svg-png.ts';

const run = makeRun({ name: 'a < b & "c"', frames: 100 });

describe('svgToPng', () => {
  test.each(charts([run]).map(({ name, svg }) => ({ name, svg })))(
    '$name is well-formed, and becomes a PNG of twice its size with its colours',
    async ({ svg }) => {
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
      expect(parsed.querySelector('parsererror')).toBeNull();
      const png = await createImageBitmap(await svgToPng(svg));
      const size = ['width', 'height'].map((side) => 2 * Number(parsed.documentElement.getAttribute(side)));
      expect([png.width, png.height]).toEqual(size);
      const context = new OffscreenCanvas(png.width, png.height).getContext('2d');
      context?.drawImage(png, 0, 0);
      const pixels = context?.getImageData(0, 0, png.width, png.height).data ?? new Uint8ClampedArray();
      const isWhite = (at: number) =>
        (pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0) === 765;
      const white = Array.from({ length: pixels.length / 4 }, (_, i) => isWhite(4 * i)).filter(
        Boolean,
      ).length;
      expect(white / (pixels.length / 4)).toBeGreaterThan(0.5);
      expect(white / (pixels.length / 4)).toBeLessThan(0.995);
      expect(pixels[3]).toBe(255);
    },
  );

  test('what is no picture is a problem with its reason', async () => {
    const failure = await svgToPng('<svg').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect((failure as ProblemError).problem).toMatchObject({ kind: 'export-failed', what: 'chart' });
  });
});
