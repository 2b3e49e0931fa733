/** Which part of a picture the network sees, at what size, and how its labels map back onto the whole picture. */
import { fitInside, shrinkInside, type Size } from '../frame.ts';
import type { Preprocessing } from '../measuring/configuration.ts';
import { VOID_LABEL, type LabelMap } from './label-map.ts';

/** Whole pixels of the picture, from its top left. */
export interface Region extends Size {
  readonly x: number;
  readonly y: number;
}

/** The largest centred square; if the margins are odd, it sits half a pixel further left or up. */
export function middleSquare({ width, height }: Size): Region {
  const side = Math.min(width, height);
  return {
    x: Math.floor((width - side) / 2),
    y: Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
}

export interface PreprocessedPicture {
  /** The part of the source to draw; null: all of it. */
  readonly region: Region | null;
  /** The size at which to draw it, px, before any padding. */
  readonly size: Size;
}

/** @param side of the network's square input, px */
export function preprocessedPicture(
  source: Size,
  side: number,
  preprocessing: Preprocessing,
): PreprocessedPicture {
  const square = { width: side, height: side };
  switch (preprocessing) {
    case 'fit':
      return { region: null, size: fitInside(source, side) };
    case 'native':
      return { region: null, size: shrinkInside(source, side) };
    case 'stretch':
      return { region: null, size: square };
    case 'crop':
      return { region: middleSquare(source), size: square };
  }
}

/**
 * Labels of the whole source. Without a region the map already covers it, at any size. Otherwise the result has the
 * source's size, and is void outside the region.
 */
export function labelsOfSource(map: LabelMap, region: Region | null, source: Size): LabelMap {
  return region === null ? map : placeLabels(map, region, source);
}

/**
 * A map of the whole picture, void outside the region; inside, `map` is read by nearest neighbour (pixel centres).
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

/** The same map with void outside the region, so that pixels the network never saw are not scored. */
export function onlyInside(map: LabelMap, region: Region): LabelMap {
  const { width, height } = map;
  const labels = new Uint8Array(width * height).fill(VOID_LABEL);
  for (let y = region.y; y < region.y + region.height; y++) {
    const from = y * width + region.x;
    labels.set(map.labels.subarray(from, from + region.width), from);
  }
  return { width, height, labels };
}
