import { encode } from 'fast-png';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { pixelsOf } from '../../e2e/fixtures/pixel-hash.ts';
import { AS_STORED, dropAlpha } from './drop-alpha.ts';
import {
  TRANSPARENT_RGB,
  TRANSPARENT_SIZE,
  transparentPng,
  whitePng,
} from '../../e2e/fixtures/transparent-png.ts';

const decode = (file: Blob) => createImageBitmap(file, AS_STORED);
const rgbOf = (bitmap: ImageBitmap) => [...pixelsOf(bitmap).filter((_, at) => at % 4 !== 3)];
const alphasOf = (bitmap: ImageBitmap) => new Set(pixelsOf(bitmap).filter((_, at) => at % 4 === 3));

const png = (channels: 1 | 2 | 3 | 4, data: Uint8Array | Uint16Array) =>
  new Blob([
    Uint8Array.from(
      encode({ width: 2, height: 1, channels, data, depth: data instanceof Uint16Array ? 16 : 8 }),
    ),
  ]);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('alpha', () => {
  test.each([4096, 7])(
    'is dropped and every colour stays as stored, read in tiles of %i px',
    async (tileSide) => {
      const file = transparentPng();
      const opaque = await dropAlpha(await decode(file), file, tileSide);
      expect([opaque.width, opaque.height]).toEqual([TRANSPARENT_SIZE.width, TRANSPARENT_SIZE.height]);
      expect(rgbOf(opaque)).toEqual(TRANSPARENT_RGB);
      expect(alphasOf(opaque)).toEqual(new Set([255]));
    },
  );

  test('is dropped from grey pixels and from 16 bits as well', async () => {
    const grey = png(2, Uint8Array.of(200, 0, 100, 128));
    expect(rgbOf(await dropAlpha(await decode(grey), grey))).toEqual([200, 200, 200, 100, 100, 100]);
    const deep = png(4, Uint16Array.of(0xc8c8, 0x6464, 0x3232, 0, 0x0a0a, 0x1414, 0x1e1e, 0x8080));
    expect(rgbOf(await dropAlpha(await decode(deep), deep))).toEqual([200, 100, 50, 10, 20, 30]);
  });

  test('is dropped from a palette with transparent entries', async () => {
    const palette = [
      [200, 100, 50, 0],
      [10, 20, 30, 128],
    ];
    const data = Uint8Array.of(0, 1);
    const file = new Blob([
      Uint8Array.from(encode({ width: 2, height: 1, channels: 1, depth: 8, data, palette })),
    ]);
    expect(rgbOf(await dropAlpha(await decode(file), file))).toEqual([200, 100, 50, 10, 20, 30]);
  });

  test('is dropped from WebP', async () => {
    const canvas = new OffscreenCanvas(8, 8);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no context');
    context.fillStyle = 'rgb(200 100 50 / 50%)';
    context.fillRect(0, 0, 8, 8);
    const file = await canvas.convertToBlob({ type: 'image/webp', quality: 1 });
    expect(alphasOf(await decode(file))).not.toEqual(new Set([255]));
    const opaque = await dropAlpha(await decode(file), file);
    expect(alphasOf(opaque)).toEqual(new Set([255]));
    [200, 100, 50].forEach((value, channel) => {
      expect(Math.abs((rgbOf(opaque)[channel] ?? -99) - value)).toBeLessThanOrEqual(4);
    });
  });

  test('is dropped without WebGL too, where hidden colours become black', async () => {
    const real = Reflect.get(OffscreenCanvas.prototype, 'getContext') as (...of: unknown[]) => unknown;
    vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockImplementation(function (
      this: OffscreenCanvas,
      ...of: unknown[]
    ) {
      return (of[0] === 'webgl2' ? null : real.apply(this, of)) as null;
    });
    const file = png(4, Uint8Array.of(200, 100, 50, 0, 10, 20, 30, 255));
    const opaque = await dropAlpha(await decode(file), file);
    expect(alphasOf(opaque)).toEqual(new Set([255]));
    expect(rgbOf(opaque)).toEqual([0, 0, 0, 10, 20, 30]);
  });

  test('never takes a WebGL context from other code, however many pictures are read', async () => {
    const other = new OffscreenCanvas(1, 1).getContext('webgl2');
    const file = transparentPng();
    for (let i = 0; i < 40; i++) (await dropAlpha(await decode(file), file)).close();
    expect(other?.isContextLost()).toBe(false);
  });
});

describe('an opaque picture', () => {
  const photo = async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d')?.fillRect(0, 0, 8, 8);
    return canvas.convertToBlob({ type: 'image/jpeg' });
  };

  test.each([
    ['JPEG', photo],
    ['an RGB PNG', () => whitePng()],
    ['a grey PNG', () => png(1, Uint8Array.of(1, 2))],
  ] as const)('of %s is not even looked at', async (_kind, make) => {
    const file = await make();
    const bitmap = await decode(file);
    const opened = vi.spyOn(OffscreenCanvas.prototype, 'getContext');
    expect(await dropAlpha(bitmap, file)).toBe(bitmap);
    expect(opened).not.toHaveBeenCalled();
    expect(bitmap.width).toBeGreaterThan(0);
  });

  test('in a file that could be transparent is returned unchanged', async () => {
    const file = png(4, Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255));
    const bitmap = await decode(file);
    expect(await dropAlpha(bitmap, file)).toBe(bitmap);
    expect(rgbOf(bitmap)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
