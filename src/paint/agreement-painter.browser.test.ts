import { expect, test } from 'vitest';
import { DIFFERENCE_COLORS } from '../domain/labels/agreement-colors.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import { createAgreementPainter } from './agreement-painter.ts';

async function white(width: number, height: number): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no context');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  return createImageBitmap(canvas);
}

const row = (...labels: number[]): LabelMap => ({
  width: labels.length,
  height: 1,
  labels: Uint8Array.from(labels),
});

function colorAt(canvas: HTMLCanvasElement, x: number): number[] {
  return [...(canvas.getContext('2d')?.getImageData(x, 5, 1, 1).data ?? [])].slice(0, 3);
}

test('dims pixels that agree, and gives every kind of difference its colour', async () => {
  const canvas = document.createElement('canvas');
  const picture = await white(40, 10);
  const agreement = createAgreementPainter(canvas).paint(picture, {
    browser: row(15, 15, 0, 8),
    agent: row(15, 0, 15, 12),
    background: 0,
  });
  expect(agreement.overall01).toBe(0.25);
  expect([canvas.width, canvas.height]).toEqual([40, 10]);
  const [veiled = [], ...differing] = [5, 15, 25, 35].map((x) => colorAt(canvas, x));
  expect(new Set(veiled).size).toBe(1);
  expect(veiled[0]).toBeLessThan(120);
  const kinds = ['browser-only', 'agent-only', 'other-class'] as const;
  kinds.forEach((kind, i) =>
    DIFFERENCE_COLORS[kind].forEach((value, channel) => {
      // Over white at an opacity of 225 of 255.
      const expected = 255 + ((value - 255) * 225) / 255;
      expect(Math.abs((differing[i]?.[channel] ?? -99) - expected)).toBeLessThanOrEqual(2);
    }),
  );
  expect(picture.width).toBe(40);
  picture.close();
});

test('compares label maps of different sizes at the larger one', async () => {
  const canvas = document.createElement('canvas');
  const picture = await white(40, 10);
  const { pixels, overall01 } = createAgreementPainter(canvas).paint(picture, {
    browser: row(15, 0),
    agent: row(15, 15, 0, 15),
    background: 0,
  });
  expect([pixels, overall01]).toEqual([4, 0.75]);
  expect(colorAt(canvas, 25)[0]).toBeLessThan(120);
  expect(colorAt(canvas, 35)[0]).toBeGreaterThan(200);
  picture.close();
});

test('shows nothing of the previous picture through transparent pixels', async () => {
  const canvas = document.createElement('canvas');
  const painter = createAgreementPainter(canvas);
  const maps = { browser: row(15, 0), agent: row(15, 0), background: 0 };
  for (const pixels of [await white(40, 10), await createImageBitmap(new ImageData(40, 10))]) {
    painter.paint(pixels, maps);
    pixels.close();
  }
  expect(colorAt(canvas, 5)).toEqual([0, 0, 0]);
});

test('only counts if there is no canvas', () => {
  const { overall01 } = createAgreementPainter(null).paint(null, {
    browser: row(1, 2),
    agent: row(1, 1),
    background: 0,
  });
  expect(overall01).toBe(0.5);
});
