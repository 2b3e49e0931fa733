/** The part of a picture that the network sees, and the way of its labels back into the whole picture. */
import type { Size } from '../frame.ts';
import { VOID_LABEL, type LabelMap } from './label-map.ts';

/** Whole pixels of the picture, from its top left. */
export interface Region extends Size {
  readonly x: number;
  readonly y: number;
}

/** The largest square in the middle; where it cannot be exactly in the middle, half a pixel further left or up. */
export function middleSquare({ width, height }: Size): Region {
  const side = Math.min(width, height);
  return {
    x: Math.floor((width - side) / 2),
    y: Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
}

/**
 * A map of the whole picture, void outside of the region; inside, `map` is read by nearest neighbour (pixel centres).
 * @param map labels of the region, at any size
 */
export function placeLabels(map: LabelMap, region: Region, picture: Size): LabelMap {
  const { width, height } = picture;
  const labels = new Uint8Array(width * height).fill(VOID_LABEL);
  for (let y = 0; y < region.height; y++) {
    const from = Math.floor(((y + 0.5) * map.height) / region.height) * map.width;
    const to = (region.y + y) * width + region.x;
    for (let x = 0; x < region.width; x++) {
      const column = Math.floor(((x + 0.5) * map.width) / region.width);
      labels[to + x] = map.labels[from + column] as number;
    }
  }
  return { width, height, labels };
}

/** The same map with void outside of the region: what the network never saw is not scored. */
export function onlyInside(map: LabelMap, region: Region): LabelMap {
  const { width, height } = map;
  const labels = new Uint8Array(width * height).fill(VOID_LABEL);
  for (let y = region.y; y < region.y + region.height; y++) {
    const from = y * width + region.x;
    labels.set(map.labels.subarray(from, from + region.width), from);
  }
  return { width, height, labels };
}
