import sharp from 'sharp';
import { expect, test } from 'vitest';
import { framePixels } from './frame-pixels.ts';

const [width, height] = [6, 4];
const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7) % 256);
const raw = () => sharp(rgb, { raw: { width, height, channels: 3 } });

function frame(payload: Uint8Array, codec: 'rgb8' | 'jpeg' = 'jpeg') {
  return { frameId: 1, codec, fit: 'native', width, height, payload } as const;
}

test('5.3 raw pixels of a size that fits are used unchanged', async () => {
  const { rgb: pixels, picture } = await framePixels(frame(rgb, 'rgb8'), 8);
  expect(pixels).toBe(rgb);
  expect(picture).toEqual({ width, height });
});

test('5.3 a picture that is too large is scaled', async () => {
  const { rgb: pixels, picture } = await framePixels(frame(rgb, 'rgb8'), 3);
  expect(picture).toEqual({ width: 3, height: 2 });
  expect(pixels).toHaveLength(3 * 2 * 3);
});

test('5.2 the colour profile of a JPEG changes none of its pixels', async () => {
  const plain = await raw().jpeg({ quality: 90 }).toBuffer();
  const wide = await raw().jpeg({ quality: 90 }).keepIccProfile().withIccProfile('p3').toBuffer();
  expect((await sharp(wide).metadata()).icc).toBeDefined();
  const bare = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
  expect([...(await framePixels(frame(wide), 8)).rgb]).toEqual([...bare]);
  expect((await framePixels(frame(plain), 8)).rgb).toHaveLength(rgb.length);
});

test('5.2 a grey JPEG has three equal colours', async () => {
  const grey = await raw().greyscale().jpeg().toBuffer();
  const { rgb: pixels } = await framePixels(frame(grey), 8);
  expect(pixels).toHaveLength(rgb.length);
  expect(new Set([pixels[0], pixels[1], pixels[2]]).size).toBe(1);
});

test('5.2 the EXIF orientation of a JPEG changes nothing', async () => {
  const turned = await raw().jpeg().withMetadata({ orientation: 6 }).toBuffer();
  await expect(framePixels(frame(turned), 8)).resolves.toMatchObject({ picture: { width, height } });
});
