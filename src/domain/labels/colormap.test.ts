import { getColormap } from '@tensorflow-models/deeplab';
import { describe, expect, test } from 'vitest';
import { CLASS_LIST_IDS } from './class-list.ts';
import { ADE20K_COLORMAP, CITYSCAPES_COLORMAP, colormapOf, cssColor, VOC_COLORMAP } from './colormap.ts';

describe('VOC_COLORMAP', () => {
  test('has the colours of the VOC devkit', () => {
    expect(VOC_COLORMAP).toHaveLength(256);
    expect(VOC_COLORMAP[0]).toEqual([0, 0, 0]);
    expect(VOC_COLORMAP[1]).toEqual([128, 0, 0]);
    expect(VOC_COLORMAP[8]).toEqual([64, 0, 0]);
    expect(VOC_COLORMAP[15]).toEqual([192, 128, 128]);
    expect(VOC_COLORMAP[20]).toEqual([0, 64, 128]);
  });

  test('void is (224, 224, 192)', () => expect(VOC_COLORMAP[255]).toEqual([224, 224, 192]));

  test('gives each of 256 classes its own colour', () =>
    expect(new Set(VOC_COLORMAP.map(cssColor)).size).toBe(256));
});

describe('the other lists', () => {
  test.each([
    ['pascal', VOC_COLORMAP, 256],
    ['cityscapes', CITYSCAPES_COLORMAP, 19],
    ['ade20k', ADE20K_COLORMAP, 151],
  ] as const)("%s has the colours of the deeplab package's own table", (base, colormap, count) => {
    const published = getColormap(base);
    expect(published.length).toBeGreaterThanOrEqual(count);
    expect(colormap.slice(0, count)).toEqual(published.slice(0, count));
  });

  test.each(CLASS_LIST_IDS)('%s has 256 colours, the last of them void', (id) => {
    expect(colormapOf(id)).toHaveLength(256);
    expect(colormapOf(id)[255]).toEqual([224, 224, 192]);
  });

  test("classes without a known list have VOC's colours, all different", () =>
    expect(colormapOf(null)).toBe(VOC_COLORMAP));
});
