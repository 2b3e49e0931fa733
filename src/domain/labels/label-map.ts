/** One class index per pixel, row-major, 255 = void. */
import type { Size } from '../frame.ts';

/** Class index of pixels that belong to no class (VOC's "void" border); never counted. */
export const VOID_LABEL = 255;

export interface LabelMap extends Size {
  /** width * height class indices. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

/**
 * Scales a label map by nearest neighbour (pixel centres), the only valid way to scale labels.
 * @throws RangeError when a side of `size` is not a positive integer.
 */
export function resizeLabelMap(map: LabelMap, size: Size): LabelMap {
  const { width, height } = size;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`A label map cannot be ${width} x ${height}.`);
  }
  const labels = new Uint8Array(width * height);
  const columns = new Int32Array(width);
  for (let x = 0; x < width; x++) columns[x] = Math.floor(((x + 0.5) * map.width) / width);
  let before = -1;
  for (let y = 0; y < height; y++) {
    const at = y * width;
    const row = Math.floor(((y + 0.5) * map.height) / height) * map.width;
    if (row === before) labels.copyWithin(at, at - width, at);
    else for (let x = 0; x < width; x++) labels[at + x] = map.labels[row + (columns[x] as number)] as number;
    before = row;
  }
  return { width, height, labels };
}

/** Pixels per class index, 256 entries. Fills `counts` if given, so that no frame allocates. */
export function countLabels(map: LabelMap, counts = new Uint32Array(256)): Uint32Array {
  counts.fill(0);
  const { labels } = map;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  return counts;
}

/**
 * Share of pixels on which two label maps of the same frame agree, 0..1; void pixels are not skipped.
 * @throws RangeError when the sizes differ.
 */
export function agreement01(a: LabelMap, b: LabelMap): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError('Agreement is defined for label maps of one size.');
  }
  let equal = 0;
  for (let i = 0; i < a.labels.length; i++) if (a.labels[i] === b.labels[i]) equal++;
  return a.labels.length === 0 ? 1 : equal / a.labels.length;
}
