/** Label map to overlay pixels: one table look-up per pixel, outlines found in the same pass. */
import type { LabelMap } from '../domain/labels/label-map.ts';
import type { Size } from '../domain/frame.ts';
import type { OverlayStyle } from './overlay-style.ts';

/** Colours by class index as stored in memory (R, G, B, A), independent of the machine's byte order. */
export interface OverlayTables {
  readonly fill: Uint32Array<ArrayBuffer>;
  /** null when no outlines are drawn. */
  readonly outline: Uint32Array<ArrayBuffer> | null;
}

/** The class without its own outline: the line round an object belongs to the object. */
const BACKGROUND = 0;

/** Classes hidden by isolation, and colours missing from the map, are transparent. */
export function overlayTables(style: OverlayStyle): OverlayTables {
  const alpha = Math.round(Math.min(1, Math.max(0, style.opacity01)) * 255);
  const fill = table(style, alpha);
  if (!style.outlines) return { fill, outline: null };
  const outline = table(style, 255);
  outline[BACKGROUND] = fill[BACKGROUND] as number;
  return { fill, outline };
}

function table(
  { colormap, isolatedClass, background }: OverlayStyle,
  alpha: number,
): Uint32Array<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(256 * 4);
  colormap.forEach(([red, green, blue], index) => {
    const shown = isolatedClass === null ? background || index !== BACKGROUND : isolatedClass === index;
    if (index < 256 && shown) {
      bytes.set([red, green, blue, alpha], index * 4);
    }
  });
  return new Uint32Array(bytes.buffer);
}

/**
 * Writes one RGBA pixel per label into `out` (width * height, not premultiplied). A pixel lies on an outline if its
 * left, right, upper or lower neighbour has another label; the edge of the picture is not an outline.
 */
export function rasteriseOverlay(
  { width, labels }: LabelMap,
  { fill, outline }: OverlayTables,
  out: Uint32Array,
): void {
  for (let start = 0; start < labels.length; start += width) {
    const end = start + width;
    fillRuns(labels, fill, outline, out, start, end);
    if (outline !== null && start > 0) outlineAcross(labels, outline, out, width, start, end);
  }
}

/** One row, start..end: fills each run of one label in one call, which is faster than pixel by pixel. */
function fillRuns(
  labels: Uint8Array,
  fill: Uint32Array,
  outline: Uint32Array | null,
  out: Uint32Array,
  start: number,
  end: number,
): void {
  let from = start;
  while (from < end) {
    const label = labels[from] as number;
    let to = from + 1;
    while (to < end && labels[to] === label) to++;
    out.fill(fill[label] as number, from, to);
    if (outline !== null) {
      if (from > start) out[from] = outline[label] as number;
      if (to < end) out[to - 1] = outline[label] as number;
    }
    from = to;
  }
}

/** Both sides of the borders between the row start..end and the row above it. */
function outlineAcross(
  labels: Uint8Array,
  outline: Uint32Array,
  out: Uint32Array,
  width: number,
  start: number,
  end: number,
): void {
  for (let i = start; i < end; i++) {
    const label = labels[i] as number;
    const above = labels[i - width] as number;
    if (label === above) continue;
    out[i] = outline[label] as number;
    out[i - width] = outline[above] as number;
  }
}

/** The overlay as RGBA bytes, scaled by nearest neighbour to `size`, exactly as drawn over a picture of that size. */
export function overlayBytes(labelMap: LabelMap, style: OverlayStyle, size: Size): Uint8Array<ArrayBuffer> {
  const { width, height } = labelMap;
  const raster = new Uint32Array(width * height);
  rasteriseOverlay(labelMap, overlayTables(style), raster);
  if (width === size.width && height === size.height) return new Uint8Array(raster.buffer);
  const columns = nearest(width, size.width);
  const rows = nearest(height, size.height);
  const scaled = new Uint32Array(size.width * size.height);
  rows.forEach((row, y) => {
    const from = row * width;
    const to = y * size.width;
    for (let x = 0; x < columns.length; x++) {
      scaled[to + x] = raster[from + (columns[x] as number)] as number;
    }
  });
  return new Uint8Array(scaled.buffer);
}

/** Source index of each of `wanted` pixels along an axis of `given` ones, by pixel centres. */
function nearest(given: number, wanted: number): Int32Array {
  return Int32Array.from({ length: wanted }, (_, i) => Math.floor(((i + 0.5) * given) / wanted));
}
