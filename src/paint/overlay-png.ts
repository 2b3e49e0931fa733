/** The bare overlay as a PNG with alpha, to be laid over the picture elsewhere. */
import { encode } from 'fast-png';
import type { Size } from '../domain/frame.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import { overlayBytes } from './overlay-raster.ts';
import type { OverlayStyle } from './overlay-style.ts';

/**
 * RGBA, 8 bit, not premultiplied. Written without a canvas, which would store premultiplied colours and hand back
 * others than were put in.
 * @param size of the picture that it shall cover
 */
export function encodeOverlayPng(
  labelMap: LabelMap,
  style: OverlayStyle,
  size: Size,
): Uint8Array<ArrayBuffer> {
  const { width, height } = size;
  return Uint8Array.from(
    encode({ width, height, data: overlayBytes(labelMap, style, size), depth: 8, channels: 4 }),
  );
}

/** The same as a file to save. */
export function overlayPngBlob(labelMap: LabelMap, style: OverlayStyle, size: Size): Blob {
  return new Blob([encodeOverlayPng(labelMap, style, size)], { type: 'image/png' });
}
