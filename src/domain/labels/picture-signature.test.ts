import { describe, expect, test } from 'vitest';
import { seededRandom } from '../measuring/seeded-random.ts';
import { SIGNATURE_SIDE, signatureDistance, signatureOf, createPictureVariety } from './picture-signature.ts';

const SIZE = { width: 64, height: 48 };

/** A picture whose pixels depend on their position. */
function picture(at: (x: number, y: number) => readonly [number, number, number]): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(SIZE.width * SIZE.height * 4).fill(255);
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++) rgba.set(at(x, y), (y * SIZE.width + x) * 4);
  }
  return rgba;
}

const ramp = picture((x, y) => [x * 2, y * 3, 90]);

describe('signatureOf', () => {
  test('is the colour itself in every part of a plain picture', () => {
    const signature = signatureOf(
      picture(() => [10, 20, 30]),
      SIZE,
    );
    expect(signature).toHaveLength(SIGNATURE_SIDE * SIGNATURE_SIDE * 3);
    expect([...signature.slice(0, 6)]).toEqual([10, 20, 30, 10, 20, 30]);
  });

  test('is the mean of each part, row by row', () => {
    const signature = signatureOf(ramp, SIZE);
    // The second part covers columns 4..7 and rows 0..2.
    expect([...signature.slice(3, 6)]).toEqual([11, 3, 90]);
  });

  test('refuses a picture with fewer pixels than parts along a side', () =>
    expect(() => signatureOf(new Uint8Array(15 * 20 * 4), { width: 15, height: 20 })).toThrow(RangeError));

  test('refuses a byte array of the wrong length', () =>
    expect(() => signatureOf(new Uint8Array(100), SIZE)).toThrow(RangeError));
});

describe('signatureDistance', () => {
  test('is 0 for the same picture and 255 between black and white', () => {
    const black = signatureOf(
      picture(() => [0, 0, 0]),
      SIZE,
    );
    const white = signatureOf(
      picture(() => [255, 255, 255]),
      SIZE,
    );
    expect(signatureDistance(black, black)).toBe(0);
    expect(signatureDistance(black, white)).toBe(255);
  });

  test('treats webcam noise as the same scene, and a shift by a quarter as another', () => {
    const random = seededRandom(7);
    const noisy = ramp.map((value, index) => (index % 4 === 3 ? 255 : value + (random() - 0.5) * 12));
    const shifted = picture((x, y) => [((x + 16) % 64) * 2, y * 3, 90]);
    const still = signatureOf(ramp, SIZE);
    expect(signatureDistance(still, signatureOf(noisy, SIZE))).toBeLessThan(1.5);
    expect(signatureDistance(still, signatureOf(shifted, SIZE))).toBeGreaterThan(8);
  });
});

const scene = (level: number) => new Float32Array(768).fill(level);

describe('a varied set of pictures', () => {
  test('accepts any first picture', () =>
    expect(createPictureVariety(8).offer(1, scene(3))).toEqual({ kept: true, nearest: null }));

  test('refuses a picture as close as the least distance to any kept picture, and reports the distance', () => {
    const variety = createPictureVariety(8);
    variety.offer(1, scene(0));
    variety.offer(2, scene(100));
    expect(variety.offer(3, scene(92))).toEqual({ kept: false, nearest: 8 });
    expect(variety.offer(4, scene(91))).toEqual({ kept: true, nearest: 9 });
  });

  test('ignores refused and removed pictures', () => {
    const variety = createPictureVariety(8);
    variety.offer(1, scene(0));
    variety.offer(2, scene(6));
    expect(variety.offer(3, scene(12)).kept).toBe(true);
    variety.remove(3);
    expect(variety.offer(4, scene(13))).toEqual({ kept: true, nearest: 13 });
  });

  test('has a mean distance over its pairs once it has two pictures', () => {
    const variety = createPictureVariety(8);
    variety.offer(1, scene(0));
    expect(variety.meanDistance()).toBeNull();
    variety.offer(2, scene(30));
    variety.offer(3, scene(60));
    expect(variety.meanDistance()).toBe(40);
  });
});
