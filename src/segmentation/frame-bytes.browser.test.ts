import { expect, test } from 'vitest';
import { FrameBytes, rgbOf } from './frame-bytes.ts';

test.each([
  [1, 1],
  [3, 1],
  [5, 3],
  [8, 2],
  [33, 7],
])('%i x %i pixels keep their three colours in order, even in a partial last word', (width, height) => {
  const image = new ImageData(width, height);
  image.data.forEach((_, i) => (image.data[i] = i % 4 === 3 ? 255 : (i * 37) % 256));
  const wanted = [...image.data].filter((_, i) => i % 4 !== 3);
  expect([...rgbOf(image)]).toEqual(wanted);
});

test('a second picture of another size is drawn at its own size', async () => {
  const bytes = new FrameBytes();
  const red = await picture('rgb(255 0 0)');
  const blue = await picture('rgb(0 0 255)');
  bytes.read(red, { width: 8, height: 8 });
  const image = bytes.read(blue, { width: 4, height: 2 });
  expect([image.width, image.height]).toEqual([4, 2]);
  expect([...image.data.slice(0, 4)]).toEqual([0, 0, 255, 255]);
});

test.each([1, 4])('a transparent picture of %i px shows nothing of the previous one', async (side) => {
  const bytes = new FrameBytes();
  const size = { width: side, height: side };
  bytes.read(await picture('rgb(255 0 0)'), size);
  const clear = await createImageBitmap(new ImageData(side, side));
  expect(new Set(rgbOf(bytes.read(clear, size)))).toEqual(new Set([0]));
});

async function picture(colour: string): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(16, 16);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no context');
  context.fillStyle = colour;
  context.fillRect(0, 0, 16, 16);
  return createImageBitmap(canvas);
}

test('reads only the requested part of a picture', async () => {
  const canvas = new OffscreenCanvas(8, 4);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no context');
  context.fillStyle = 'rgb(255, 0, 0)';
  context.fillRect(0, 0, 8, 4);
  context.fillStyle = 'rgb(0, 0, 255)';
  context.fillRect(2, 0, 4, 4);
  const pixels = await createImageBitmap(canvas);
  const { data } = new FrameBytes().read(
    pixels,
    { width: 4, height: 4 },
    { x: 2, y: 0, width: 4, height: 4 },
  );
  expect(new Set(data.filter((_, i) => i % 4 === 0))).toEqual(new Set([0]));
  expect(new Set(data.filter((_, i) => i % 4 === 2))).toEqual(new Set([255]));
  pixels.close();
});
