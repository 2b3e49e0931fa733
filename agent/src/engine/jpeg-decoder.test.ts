import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { JpegDecoder } from './jpeg-decoder.ts';

const PHOTO = new URL('../../../public/samples/chelsea.jpg', import.meta.url).pathname;
const SIZE = { width: 201, height: 133 };
const photo = () => sharp(PHOTO).resize(SIZE.width, SIZE.height, { fit: 'fill' });
const decoder = new JpegDecoder();

test.each([
  ['as browsers write it', { quality: 85, chromaSubsampling: '4:2:0' }],
  ['with all of its colours', { quality: 85, chromaSubsampling: '4:4:4' }],
  ['progressive', { quality: 85, progressive: true }],
])('5.2 a JPEG %s decodes to the same pixels as in libvips', async (_, options) => {
  const jpeg = await photo().jpeg(options).toBuffer();
  const pixels = await sharp(jpeg).raw().toBuffer();
  expect(Buffer.compare(await decoder.decode(jpeg, SIZE), pixels)).toBe(0);
});

test('decodes pictures of different sizes one after another', async () => {
  for (const width of [64, 96, 64]) {
    const jpeg = await photo().resize(width, 40, { fit: 'fill' }).jpeg().toBuffer();
    const pixels = await sharp(jpeg).raw().toBuffer();
    expect(Buffer.compare(await decoder.decode(jpeg, { width, height: 40 }), pixels)).toBe(0);
  }
});

describe('5.2 refuses a JPEG', () => {
  test('of another size than announced', async () => {
    const jpeg = await photo().jpeg().toBuffer();
    await expect(decoder.decode(jpeg, { width: 133, height: 201 })).rejects.toMatchObject({
      failure: {
        kind: 'frame-invalid',
        sentence: 'The JPEG is 201 x 133 instead of the announced 133 x 201.',
      },
    });
  });

  test('of too many pixels, before decoding it', async () => {
    const size = { width: 4096, height: 2161 };
    const jpeg = await sharp({ create: { ...size, channels: 3, background: 'grey' } })
      .jpeg()
      .toBuffer();
    await expect(decoder.decode(jpeg, size)).rejects.toThrow(/more than 8847360 pixels/);
  });

  test('that is truncated', async () => {
    const jpeg = await photo().jpeg().toBuffer();
    await expect(decoder.decode(jpeg.subarray(0, jpeg.length >> 1), SIZE)).rejects.toThrow(/cannot be read/);
  });

  test('whose picture data are damaged', async () => {
    const jpeg = await photo().jpeg().toBuffer();
    // An end marker in the middle of the data.
    jpeg.set([0xff, 0xc4], jpeg.length >> 1);
    await expect(decoder.decode(jpeg, SIZE)).rejects.toThrow(/cannot be read/);
  });

  test('without three colours', async () => {
    const cmyk = await photo().toColourspace('cmyk').jpeg().toBuffer();
    await expect(decoder.decode(cmyk, SIZE)).rejects.toThrow(/cannot be read/);
  });

  test('that is not a JPEG', async () => {
    const png = await photo().png().toBuffer();
    await expect(decoder.decode(png, SIZE)).rejects.toThrow(/cannot be read/);
  });

  test('and decodes the next one', async () => {
    await expect(decoder.decode(new Uint8Array(4), SIZE)).rejects.toThrow(/cannot be read/);
    expect(await decoder.decode(await photo().jpeg().toBuffer(), SIZE)).toHaveLength(201 * 133 * 3);
  });
});
