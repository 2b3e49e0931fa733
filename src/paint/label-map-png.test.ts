import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { encode, decode } from 'fast-png';
import { ADE20K_COLORMAP, VOC_COLORMAP } from '../domain/labels/colormap.ts';
import {
  decodeLabelMapPng,
  encodeLabelMapPng,
  encodeErrorMapPng,
  UNCOUNTED_RGBA,
  WRONG_RGBA,
  encodeOverlayPng,
  overlayPngBlob,
} from './label-map-png.ts';
import { labelMapOf } from '../domain/testing/label-maps.ts';
import type { OverlayStyle } from './overlay-style.ts';

/** Every possible index, in a size that is not a round number. */
const everyIndex = {
  width: 37,
  height: 7,
  labels: Uint8Array.from({ length: 37 * 7 }, (_, i) => (i < 256 ? i : 255)),
};

describe('a label map as PNG', () => {
  test('comes back with every index intact, including void', () =>
    expect(decodeLabelMapPng(encodeLabelMapPng(everyIndex, VOC_COLORMAP), 'a.png')).toEqual(everyIndex));

  test('is a palette picture: colour type 3 with 256 entries', () => {
    const bytes = encodeLabelMapPng(everyIndex, VOC_COLORMAP);
    // The header chunk's data begin at byte 16: width, height, depth, colour type.
    expect([bytes[24], bytes[25]]).toEqual([8, 3]);
    const text = String.fromCharCode(...bytes);
    const palette = text.indexOf('PLTE');
    expect(new DataView(bytes.buffer).getUint32(palette - 4)).toBe(256 * 3);
    expect([...bytes.subarray(palette + 4, palette + 4 + 768)]).toEqual(VOC_COLORMAP.flat());
  });

  test('has the VOC colours in an independent decoder', async () => {
    const { data, info } = await sharp(encodeLabelMapPng(everyIndex, VOC_COLORMAP))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 37, height: 7, channels: 3 });
    expect([...data]).toEqual([...everyIndex.labels].flatMap((label) => [...(VOC_COLORMAP[label] ?? [])]));
  });

  test("has the palette of the model's own classes, even if two share a colour", () => {
    const bytes = encodeLabelMapPng(everyIndex, ADE20K_COLORMAP);
    const palette = String.fromCharCode(...bytes).indexOf('PLTE');
    expect([...bytes.subarray(palette + 4, palette + 4 + 768)]).toEqual(ADE20K_COLORMAP.flat());
    expect(decodeLabelMapPng(bytes, 'a.png')).toEqual(everyIndex);
  });

  test('is read by its indices, not by its colours', () => {
    const allAlike = Array.from({ length: 256 }, () => [9, 9, 9]);
    const data = Uint8Array.of(3, 1, 4, 1, 5, 255);
    const bytes = encode({ width: 3, height: 2, data, channels: 1, depth: 8, palette: allAlike });
    expect([...decodeLabelMapPng(bytes, 'a.png').labels]).toEqual([...data]);
  });

  test('is refused if it stores colours, or is not a PNG', () => {
    const rgb = encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3), channels: 3, depth: 8 });
    expect(() => decodeLabelMapPng(rgb, 'photo.png')).toThrow('photo.png');
    expect(() => decodeLabelMapPng(Uint8Array.of(1, 2, 3), 'notes.txt')).toThrow('notes.txt');
  });
});

test('an error map is clear if the prediction is right, red if it is wrong and grey if the pixel does not count', () => {
  const png = decode(encodeErrorMapPng(labelMapOf('01.'), labelMapOf('021')));
  expect([...png.data]).toEqual([0, 0, 0, 0, ...WRONG_RGBA, ...UNCOUNTED_RGBA]);
});

test('an error map refuses maps of different sizes', () =>
  expect(() => encodeErrorMapPng(labelMapOf('01'), labelMapOf('0', '1'))).toThrow('one size'));

const STYLE: OverlayStyle = {
  opacity01: 0.05,
  outlines: false,
  background: true,
  isolatedClass: null,
  colormap: VOC_COLORMAP,
};
const square = { width: 16, height: 16, labels: Uint8Array.from({ length: 256 }, (_, i) => i) };

describe('the overlay as PNG', () => {
  test('keeps exact colours at low opacity, because alpha is not multiplied in', async () => {
    const bytes = encodeOverlayPng(square, STYLE, square);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 16, height: 16, channels: 4 });
    expect([...data]).toEqual(VOC_COLORMAP.flatMap((rgb) => [...rgb, 13]));
  });

  test('has the size of the picture below it', async () => {
    const { width, height } = await sharp(
      encodeOverlayPng(square, STYLE, { width: 50, height: 40 }),
    ).metadata();
    expect([width, height]).toEqual([50, 40]);
  });

  test('is returned as a PNG file', async () => {
    const blob = overlayPngBlob(square, STYLE, square);
    expect(blob.type).toBe('image/png');
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(encodeOverlayPng(square, STYLE, square));
  });
});
