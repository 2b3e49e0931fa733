import { describe, expect, test } from 'vitest';
import { inputGeometry } from './input-geometry.ts';
import { InputPixels, PADDING_VALUE } from './input-pixels.ts';

const OUTSIDE = { kind: 'outside' } as const;

/** A picture whose pixel (x, y) is (x, y, 7), 0..255. */
async function gradient(width: number, height: number): Promise<ImageBitmap> {
  const picture = new ImageData(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) picture.data.set([x, y, 7, 255], at);
  }
  return createImageBitmap(picture);
}

function flat(width: number, height: number, gray: number): Promise<ImageBitmap> {
  return createImageBitmap(
    new ImageData(
      new Uint8ClampedArray(width * height * 4).map((_, at) => (at % 4 === 3 ? 255 : gray)),
      width,
      height,
    ),
  );
}

function pixelAt(values: ArrayLike<number>, rowLength: number, x: number, y: number): (number | undefined)[] {
  const at = (y * rowLength + x) * 3;
  return [values[at], values[at + 1], values[at + 2]];
}

describe('InputPixels', () => {
  test('gives raw RGB bytes, 0..255: DeepLab graphs normalise inside', async () => {
    const geometry = inputGeometry({ width: 200, height: 150 }, 257, 'native', OUTSIDE);
    const values = new InputPixels('int32').read(await gradient(200, 150), geometry);
    expect(values).toBeInstanceOf(Int32Array);
    expect(values).toHaveLength(257 * 257 * 3);
    for (const [x, y] of [
      [0, 0],
      [199, 0],
      [0, 149],
      [199, 149],
      [123, 45],
    ] as const) {
      expect(pixelAt(values, 257, x, y)).toEqual([x, y, 7]);
    }
  });

  test('pads to the right and below with 127, never black', async () => {
    const geometry = inputGeometry({ width: 200, height: 150 }, 257, 'native', OUTSIDE);
    const values = new InputPixels('int32').read(await flat(200, 150, 255), geometry);
    let wrong = 0;
    for (let y = 0, at = 0; y < 257; y++) {
      for (let x = 0; x < 257; x++, at += 3) {
        const expected = x < 200 && y < 150 ? 255 : 127;
        if (values[at] !== expected || values[at + 1] !== expected || values[at + 2] !== expected) wrong++;
      }
    }
    expect(PADDING_VALUE).toBe(127);
    expect(wrong).toBe(0);
  });

  test('a smaller picture shows nothing of the larger one before it', async () => {
    const input = new InputPixels('int32');
    input.read(await flat(250, 250, 9), inputGeometry({ width: 250, height: 250 }, 257, 'native', OUTSIDE));
    const values = input.read(
      await flat(10, 10, 200),
      inputGeometry({ width: 10, height: 10 }, 257, 'native', OUTSIDE),
    );
    expect(new Set(values)).toEqual(new Set([200, 127]));
    expect(values.filter((value) => value === 200)).toHaveLength(10 * 10 * 3);
  });

  test('a transparent picture keeps nothing of the previous picture', async () => {
    const geometry = inputGeometry({ width: 10, height: 10 }, 10, 'native', OUTSIDE);
    const input = new InputPixels('int32');
    input.read(await flat(10, 10, 200), geometry);
    expect(new Set(input.read(await createImageBitmap(new ImageData(10, 10)), geometry))).toEqual(
      new Set([0]),
    );
  });

  test('fits the whole picture: its corners stay at the corners', () => {
    const picture = new OffscreenCanvas(514, 386);
    const context = picture.getContext('2d');
    if (context === null) throw new Error('No canvas.');
    context.fillStyle = 'rgb(10 20 30)';
    context.fillRect(0, 0, 514, 386);
    context.fillStyle = 'rgb(250 240 230)';
    context.fillRect(514 - 40, 386 - 40, 40, 40);
    const geometry = inputGeometry({ width: 514, height: 386 }, 257, 'fit', OUTSIDE);
    const values = new InputPixels('int32').read(picture.transferToImageBitmap(), geometry);
    expect(pixelAt(values, 257, 0, 0)).toEqual([10, 20, 30]);
    expect(pixelAt(values, 257, 256, 192)).toEqual([250, 240, 230]);
    expect(pixelAt(values, 257, 256, 193)).toEqual([127, 127, 127]);
  });

  test('crops the middle square, pixel for pixel where nothing is scaled', async () => {
    const geometry = inputGeometry({ width: 200, height: 150 }, 150, 'crop', OUTSIDE);
    const values = new InputPixels('int32').read(await gradient(200, 150), geometry);
    expect(values).toHaveLength(150 * 150 * 3);
    expect(pixelAt(values, 150, 0, 0)).toEqual([25, 0, 7]);
    expect(pixelAt(values, 150, 149, 149)).toEqual([174, 149, 7]);
  });

  test('stretches the whole picture over the whole input, with nothing padded', async () => {
    const geometry = inputGeometry({ width: 200, height: 100 }, 200, 'stretch', OUTSIDE);
    const values = new InputPixels('int32').read(await gradient(200, 100), geometry);
    expect(pixelAt(values, 200, 0, 0)).toEqual([0, 0, 7]);
    const [x, y] = pixelAt(values, 200, 199, 199);
    expect(x).toBe(199);
    expect(y).toBe(99);
  });

  test('gives a graph that pads inside only the picture', async () => {
    const geometry = inputGeometry({ width: 30, height: 20 }, 257, 'native', { kind: 'inside', size: 513 });
    const values = new InputPixels('float32').read(await flat(30, 20, 1), geometry);
    expect(values).toBeInstanceOf(Float32Array);
    expect(values).toHaveLength(30 * 20 * 3);
  });

  test('pads float input with exactly the mean pixel', async () => {
    const geometry = inputGeometry({ width: 30, height: 20 }, 257, 'native', { kind: 'outside' });
    const values = new InputPixels('float32').read(await flat(30, 20, 1), geometry);
    expect(values.at(-1)).toBe(127.5);
  });

  test('reuses its array while the size stays the same', async () => {
    const input = new InputPixels('int32');
    const geometry = inputGeometry({ width: 30, height: 20 }, 257, 'fit', OUTSIDE);
    const first = input.read(await flat(30, 20, 1), geometry);
    expect(input.read(await flat(30, 20, 2), geometry)).toBe(first);
  });
});
