/** Label maps as palette PNG, as the VOC devkit stores them: the pixel values are the class indices. */
import { decode, encode } from 'fast-png';
import type { Colormap } from '../domain/labels/colormap.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import { ProblemError } from '../domain/problems/problem.ts';

/** PNG bytes at the label map's own size; the palette has an entry for every index, 255 (void) included. */
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
 * Reads the indices, never the colours, of a palette PNG (or of a grey one, whose values are then the indices).
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
