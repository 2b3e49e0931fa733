import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CITYSCAPES_COLORMAP, VOC_COLORMAP } from '../domain/labels/colormap.ts';
import { VOID_LABEL } from '../domain/labels/label-map.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import { overlayBytes } from './overlay-raster.ts';
import type { OverlayStyle } from './overlay-style.ts';

const PLAIN: OverlayStyle = {
  opacity01: 0.6,
  outlines: false,
  background: true,
  isolatedClass: null,
  colormap: VOC_COLORMAP,
};

const map = (width: number, ...labels: number[]): LabelMap => ({
  width,
  height: labels.length / width,
  labels: Uint8Array.from(labels),
});

/** The overlay's pixels as [r, g, b, a], at label resolution. */
function pixelsOf(
  labelMap: LabelMap,
  style: OverlayStyle,
  size = { width: labelMap.width, height: labelMap.height },
) {
  const bytes = overlayBytes(labelMap, style, size);
  return Array.from({ length: bytes.length / 4 }, (_, i) => [...bytes.subarray(i * 4, i * 4 + 4)]);
}

describe('the overlay', () => {
  test('has exactly the VOC colour of every index, including void, and the opacity as alpha', () => {
    const everyIndex = map(16, ...Array.from({ length: 256 }, (_, i) => i));
    expect(pixelsOf(everyIndex, PLAIN)).toEqual(VOC_COLORMAP.map((rgb) => [...rgb, 153]));
  });

  test('has the colours of Cityscapes if the labels are its train ids', () => {
    const road = map(2, 0, 10);
    expect(pixelsOf(road, { ...PLAIN, colormap: CITYSCAPES_COLORMAP })).toEqual([
      [128, 64, 128, 153],
      [70, 130, 180, 153],
    ]);
  });

  test('is byte for byte red, green, blue, alpha', () =>
    expect([...overlayBytes(map(1, 15), PLAIN, { width: 1, height: 1 })]).toEqual([192, 128, 128, 153]));

  test('limits opacity to 0..1', () => {
    const alphaAt = (opacity01: number) => pixelsOf(map(1, 15), { ...PLAIN, opacity01 })[0]?.[3];
    expect([alphaAt(-1), alphaAt(0), alphaAt(0.5), alphaAt(1), alphaAt(7)]).toEqual([0, 0, 128, 255, 255]);
  });

  test('keeps the background clear if the style does not colour it, unless it is the isolated class', () => {
    const clear = { ...PLAIN, background: false };
    expect(pixelsOf(map(2, 0, 8), clear)).toEqual([
      [0, 0, 0, 0],
      [64, 0, 0, 153],
    ]);
    expect(pixelsOf(map(2, 0, 8), { ...clear, isolatedClass: 0 })).toEqual([
      [0, 0, 0, 153],
      [0, 0, 0, 0],
    ]);
  });

  test('shows only the isolated class', () =>
    expect(pixelsOf(map(3, 0, 8, 15), { ...PLAIN, isolatedClass: 8 })).toEqual([
      [0, 0, 0, 0],
      [64, 0, 0, 153],
      [0, 0, 0, 0],
    ]));

  test('is transparent if the colour map has no colour', () =>
    expect(pixelsOf(map(2, 0, VOID_LABEL), { ...PLAIN, colormap: [[1, 2, 3]] })).toEqual([
      [1, 2, 3, 153],
      [0, 0, 0, 0],
    ]));

  test('scales by nearest neighbour, and adds no colour that no class has', () => {
    const person = [192, 128, 128, 153];
    const cat = [64, 0, 0, 153];
    const scaled = pixelsOf(map(2, 15, 8), PLAIN, { width: 4, height: 2 });
    expect(scaled).toEqual([person, person, cat, cat, person, person, cat, cat]);
  });
});

describe('outlines', () => {
  const OUTLINED: OverlayStyle = { ...PLAIN, outlines: true };
  const alphas = (labelMap: LabelMap, style = OUTLINED) =>
    pixelsOf(labelMap, style).map(([, , , alpha]) => alpha);

  test('lie inside the object, opaque in its colour, all the way round', () => {
    const object = map(
      5,
      ...[0, 0, 0, 0, 0],
      ...[0, 8, 8, 8, 0],
      ...[0, 8, 8, 8, 0],
      ...[0, 8, 8, 8, 0],
      ...[0, 0, 0, 0, 0],
    );
    const opaque = alphas(object).flatMap((alpha, i) => (alpha === 255 ? [i] : []));
    expect(opaque).toEqual([6, 7, 8, 11, 13, 16, 17, 18]);
    expect(pixelsOf(object, OUTLINED)[6]).toEqual([64, 0, 0, 255]);
  });

  test('are drawn on both sides if two objects touch', () => {
    expect(alphas(map(4, 8, 8, 15, 15))).toEqual([153, 255, 255, 153]);
    expect(alphas(map(1, 8, 8, 15, 15))).toEqual([153, 255, 255, 153]);
  });

  test('do not run along the border of the picture', () =>
    expect(new Set(alphas(map(3, 8, 8, 8, 8, 8, 8)))).toEqual(new Set([153])));

  test('do not wrap from the end of a row to the start of the next', () =>
    expect(alphas(map(4, 8, 8, 15, 15, 8, 8, 15, 15))).toEqual([153, 255, 255, 153, 153, 255, 255, 153]));

  test('are hidden with the classes that are not isolated', () =>
    expect(alphas(map(4, 8, 8, 15, 15), { ...OUTLINED, isolatedClass: 15 })).toEqual([0, 0, 255, 153]));

  test('are exactly the pixels with a neighbour of another label', () => {
    const labelMaps = fc.integer({ min: 1, max: 9 }).chain((width) =>
      fc
        .array(fc.array(fc.constantFrom(1, 2, 3), { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 9,
        })
        .map((rows) => map(width, ...rows.flat())),
    );
    fc.assert(
      fc.property(labelMaps, (labelMap) => {
        const { width, height, labels } = labelMap;
        const at = (x: number, y: number) =>
          x < 0 || y < 0 || x >= width || y >= height ? null : labels[y * width + x];
        const expected = [...labels].map((label, i) => {
          const [x, y] = [i % width, Math.floor(i / width)];
          const neighbours = [at(x - 1, y), at(x + 1, y), at(x, y - 1), at(x, y + 1)];
          return neighbours.every((other) => other === null || other === label) ? 153 : 255;
        });
        expect(alphas(labelMap)).toEqual(expected);
      }),
    );
  });
});
