import { describe, expect, test } from 'vitest';
import { createPictureVariety } from './picture-variety.ts';

const scene = (level: number) => new Float32Array(768).fill(level);

describe('a varied set of pictures', () => {
  test('takes the first picture whatever it shows', () =>
    expect(createPictureVariety(8).offer(1, scene(3))).toEqual({ kept: true, nearest: null }));

  test('refuses what is as near as the least distance to any kept picture, and says how near', () => {
    const variety = createPictureVariety(8);
    variety.offer(1, scene(0));
    variety.offer(2, scene(100));
    expect(variety.offer(3, scene(92))).toEqual({ kept: false, nearest: 8 });
    expect(variety.offer(4, scene(91))).toEqual({ kept: true, nearest: 9 });
  });

  test('does not compare with what was refused or removed', () => {
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
