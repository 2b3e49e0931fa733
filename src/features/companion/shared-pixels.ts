/** A frame as browser and agent get it when they are compared: the same pixels as a bitmap and as raw RGB. */
import type { Frame } from '../../domain/frame.ts';
import { fitInside } from '../../domain/frame.ts';
import { FrameBytes, rgbOf } from '../../segmentation/frame-bytes.ts';
import type { SharedPixels } from './pair-pump.types.ts';

/**
 * Draws pictures at the size that the network sees, so that neither side scales them again (the side whose network is
 * smaller, where the two differ, does). Premultiplied by nothing and without colour conversion, a bitmap made of
 * bytes reads back as these bytes.
 */
export function createPixelSharing(now: () => number) {
  const bytes = new FrameBytes();
  return async (frame: Frame<ImageBitmap>, inputSize: number): Promise<SharedPixels> => {
    const begun = now();
    const size = fitInside(frame, inputSize);
    const image = bytes.read(frame.pixels, size);
    const rgb = rgbOf(image);
    const bitmap = await createImageBitmap(image, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
    return { ...size, rgb, bitmap, encodeMs: now() - begun };
  };
}
