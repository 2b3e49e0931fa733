/** A label map as PNG: its class indices, its errors, and its overlay. */
import { decode, encode } from 'fast-png';
import type { Colormap } from '../domain/labels/colormap.ts';
import { type LabelMap, VOID_LABEL } from '../domain/labels/label-map.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { Size } from '../domain/frame.ts';
import { overlayBytes } from './overlay-raster.ts';
import type { OverlayStyle } from './overlay-style.ts';

/**
 * A palette PNG as the VOC devkit stores it: the pixel values are the class indices. It has the label map's own size;
 * the palette has an entry for every index, including 255 (void).
 */
export function encodeLabelMapPng(labelMap: LabelMap, colormap: Colormap): Uint8Array<ArrayBuffer> {
  const palette = Array.from({ length: 256 }, (_, index) => [...(colormap[index] ?? [0, 0, 0])]);
  const { width, height, labels } = labelMap;
  return Uint8Array.from(encode({ width, height, data: labels, depth: 8, channels: 1, palette }));
}

/** The same as a file to save. */
export function labelMapPngBlob(labelMap: LabelMap, colormap: Colormap): Blob {
  return new Blob([encodeLabelMapPng(labelMap, colormap)], { type: 'image/png' });
}

/**
 * Reads the indices, never the colours, of a palette PNG (or of a grey one, with its values as indices).
 * @throws ProblemError not-a-picture when it has no 8-bit indices
 */
export function decodeLabelMapPng(bytes: Uint8Array, fileName: string): LabelMap {
  const png = decodeOrNull(bytes);
  if (png?.depth !== 8 || png.channels !== 1) throw new ProblemError({ kind: 'not-a-picture', fileName });
  return { width: png.width, height: png.height, labels: Uint8Array.from(png.data) };
}

function decodeOrNull(bytes: Uint8Array) {
  try {
    return decode(bytes);
  } catch {
    return null;
  }
}

/** R, G, B, A of a wrong pixel and of a pixel that does not count (void truth); correct pixels are transparent. */
export const WRONG_RGBA = [220, 38, 38, 200] as const;
export const UNCOUNTED_RGBA = [128, 128, 128, 160] as const;

/** Where a prediction is wrong, with alpha, to lay over the picture. @throws RangeError when the sizes differ */
export function encodeErrorMapPng(truth: LabelMap, prediction: LabelMap): Uint8Array<ArrayBuffer> {
  const { width, height, labels } = truth;
  if (width !== prediction.width || height !== prediction.height) {
    throw new RangeError('An error map needs truth and prediction of one size.');
  }
  const data = new Uint8Array(labels.length * 4);
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === VOID_LABEL) data.set(UNCOUNTED_RGBA, i * 4);
    else if (labels[i] !== prediction.labels[i]) data.set(WRONG_RGBA, i * 4);
  }
  return Uint8Array.from(encode({ width, height, data, depth: 8, channels: 4 }));
}

/** The same as a file. */
export function errorMapPngBlob(truth: LabelMap, prediction: LabelMap): Blob {
  return new Blob([encodeErrorMapPng(truth, prediction)], { type: 'image/png' });
}

/**
 * The bare overlay: RGBA, 8 bit, not premultiplied. Written without a canvas, because a canvas stores premultiplied
 * colours and returns different ones.
 * @param size of the picture below it
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
