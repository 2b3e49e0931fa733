import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { VOC_COLORMAP } from '../domain/labels/colormap.ts';
import { encodeOverlayPng, overlayPngBlob } from './overlay-png.ts';
import type { OverlayStyle } from './overlay-style.ts';

const STYLE: OverlayStyle = {
  opacity01: 0.05,
  outlines: false,
  background: true,
  isolatedClass: null,
  colormap: VOC_COLORMAP,
};
const everyIndex = { width: 16, height: 16, labels: Uint8Array.from({ length: 256 }, (_, i) => i) };

describe('the overlay as PNG', () => {
  test('keeps exact colours however faint it is: alpha is not multiplied in', async () => {
    const bytes = encodeOverlayPng(everyIndex, STYLE, everyIndex);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 16, height: 16, channels: 4 });
    expect([...data]).toEqual(VOC_COLORMAP.flatMap((rgb) => [...rgb, 13]));
  });

  test('has the size of the picture that it shall cover', async () => {
    const { width, height } = await sharp(
      encodeOverlayPng(everyIndex, STYLE, { width: 50, height: 40 }),
    ).metadata();
    expect([width, height]).toEqual([50, 40]);
  });

  test('is handed out as a PNG file', async () => {
    const blob = overlayPngBlob(everyIndex, STYLE, everyIndex);
    expect(blob.type).toBe('image/png');
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(encodeOverlayPng(everyIndex, STYLE, everyIndex));
  });
});
