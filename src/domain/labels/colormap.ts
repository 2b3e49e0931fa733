/** Class index to colour. */
import ade20k from './ade20k-labels.json' with { type: 'json' };
import cityscapes from './cityscapes-labels.json' with { type: 'json' };
import type { ClassListId } from './class-list.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** 256 colours, 0..255 per channel, indexed by class; index 255 is void. */
export type Colormap = readonly Rgb[];

/**
 * The colour map of the PASCAL VOC devkit (VOClabelcolormap.m): bit k of the class index becomes bit 7 - k/3 of
 * channel k mod 3. Index 255 comes out as (224, 224, 192), the devkit's void.
 */
export const VOC_COLORMAP: Colormap = Array.from({ length: 256 }, (_, index) => {
  const rgb: [number, number, number] = [0, 0, 0];
  for (let bit = 0; bit < 8; bit++) {
    const channel = (bit % 3) as 0 | 1 | 2;
    rgb[channel] |= ((index >> bit) & 1) << (7 - Math.floor(bit / 3));
  }
  return rgb;
});

/** The colours of the Cityscapes benchmark for its 19 train ids; VOC's colours beyond them and for void. */
export const CITYSCAPES_COLORMAP = completed(cityscapes.classes.map(({ color }) => color));

/**
 * The colours of background and the 150 classes of ADE20K in @tensorflow-models/deeplab 0.2.2; VOC's colours beyond
 * them and for void. Two classes share one grey, so a colour does not always give back its index.
 */
export const ADE20K_COLORMAP = completed(ade20k.classes.map(({ color }) => color));

const COLORMAPS: ReadonlyMap<ClassListId | null, Colormap> = new Map([
  ['voc', VOC_COLORMAP],
  ['cityscapes', CITYSCAPES_COLORMAP],
  ['ade20k', ADE20K_COLORMAP],
]);

/** The colours of a class list; VOC's 256 distinct colours if the classes have no known list. */
export function colormapOf(id: ClassListId | null): Colormap {
  return COLORMAPS.get(id) ?? VOC_COLORMAP;
}

/** "rgb(64 0 0)", for CSS. */
export function cssColor([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

function completed(colors: readonly (readonly number[])[]): Colormap {
  const own = colors.map(([red = 0, green = 0, blue = 0]): Rgb => [red, green, blue]);
  return [...own, ...VOC_COLORMAP.slice(own.length)];
}
