/** Where a prediction is wrong, as a PNG with alpha to be laid over the picture. */
import { encode } from 'fast-png';
import { VOID_LABEL, type LabelMap } from '../domain/labels/label-map.ts';

/** R, G, B, A of a wrong pixel and of one that is not counted (truth void); right ones are transparent. */
export const WRONG_RGBA = [220, 38, 38, 200] as const;
export const UNCOUNTED_RGBA = [128, 128, 128, 160] as const;

/** @throws RangeError when the sizes differ */
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
