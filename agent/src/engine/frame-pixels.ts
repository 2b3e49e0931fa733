/** The RGB pixels of a frame at the size in which the network sees it: decoded by libjpeg-turbo, scaled by libvips. */
import type sharpFunction from 'sharp';
import type { InferFrame } from '../../../src/protocol/infer-frame.ts';
import { JpegDecoder } from './jpeg-decoder.ts';
import type { Size } from '../../../src/domain/frame.ts';
import { preprocessedPicture } from '../../../src/domain/labels/picture-region.ts';

export interface FramePixels {
  readonly rgb: Uint8Array;
  readonly picture: Size;
  /** ms */
  readonly decodeMs: number;
  readonly resizeMs: number;
}

let jpegs: JpegDecoder | null = null;
let opened: Promise<typeof sharpFunction> | null = null;

/** Loaded late: it takes longer than everything else, and a crashed engine has to restart quickly. */
export function openLibvips(): Promise<typeof sharpFunction> {
  return (opened ??= import('sharp').then(({ default: sharp }) => {
    // Frames never repeat, so a cache would only waste memory.
    sharp.cache(false);
    return sharp;
  }));
}

/** @throws AgentFailure frame-invalid if a JPEG is unreadable, too large or not of the announced size. */
export async function framePixels(frame: InferFrame, side: number): Promise<FramePixels> {
  const begun = performance.now();
  const rgb =
    frame.codec === 'jpeg' ? await (jpegs ??= new JpegDecoder()).decode(frame.payload, frame) : frame.payload;
  const decoded = performance.now();
  const { size: picture } = preprocessedPicture(frame, side, frame.fit);
  const fits = picture.width === frame.width && picture.height === frame.height;
  const pixels = fits ? rgb : await scale(rgb, frame, picture);
  return { rgb: pixels, picture, decodeMs: decoded - begun, resizeMs: performance.now() - decoded };
}

async function scale(rgb: Uint8Array, from: Size, to: Size): Promise<Uint8Array> {
  const sharp = await openLibvips();
  return sharp(rgb, { raw: { width: from.width, height: from.height, channels: 3 } })
    .resize(to.width, to.height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
}
