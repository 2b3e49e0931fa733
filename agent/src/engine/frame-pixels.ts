/** The RGB pixels of a frame at the size in which the network sees it: decoded and scaled by libvips. */
import type sharpFunction from 'sharp';
import type { InferFrame } from '../../../src/protocol/infer-frame.ts';
import { MAX_JPEG_PIXELS } from '../../../src/protocol/limits.ts';
import { AgentFailure } from '../agent-failure.ts';
import { pictureInside, type PictureSize } from './model-input.ts';

export interface FramePixels {
  readonly rgb: Uint8Array;
  readonly picture: PictureSize;
  /** ms */
  readonly decodeMs: number;
  readonly resizeMs: number;
}

let opened: Promise<typeof sharpFunction> | null = null;

/** Not at the start: it takes longer to load than all the rest, and an engine that died has to be back soon. */
export function openLibvips(): Promise<typeof sharpFunction> {
  return (opened ??= import('sharp').then(({ default: sharp }) => {
    // Frames come one after another and never again: a cache would only hold memory.
    sharp.cache(false);
    return sharp;
  }));
}

/** @throws AgentFailure frame-invalid when a JPEG cannot be read, is too large or not of the announced size. */
export async function framePixels(frame: InferFrame, side: number): Promise<FramePixels> {
  const begun = performance.now();
  const rgb = frame.codec === 'jpeg' ? await decodeJpeg(frame) : frame.payload;
  const decoded = performance.now();
  const picture = pictureInside(frame, side, frame.fit);
  const fits = picture.width === frame.width && picture.height === frame.height;
  const pixels = fits ? rgb : await scale(rgb, frame, picture);
  return { rgb: pixels, picture, decodeMs: decoded - begun, resizeMs: performance.now() - decoded };
}

async function decodeJpeg({ payload, width, height }: InferFrame): Promise<Uint8Array> {
  // libvips reads many formats and chooses by these bytes: only the one of the protocol gets as far as to it.
  if (payload[0] !== 0xff || payload[1] !== 0xd8 || payload[2] !== 0xff) {
    throw new AgentFailure('frame-invalid', 'The frame is no JPEG.');
  }
  const sharp = await openLibvips();
  try {
    const image = sharp(payload, {
      limitInputPixels: MAX_JPEG_PIXELS,
      failOn: 'error',
      sequentialRead: true,
      // Chromium's canvas writes the profile of sRGB into every JPEG: converting by it changes no pixel of 513 x 513
      // and takes three times as long as decoding (14 ms beside 4, x64).
      ignoreIcc: true,
    });
    const { data, info } = await image
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.width === width && info.height === height && info.channels === 3) return data;
    throw new AgentFailure(
      'frame-invalid',
      `The JPEG is ${String(info.width)} x ${String(info.height)}, announced were ${String(width)} x ${String(height)}.`,
    );
  } catch (cause) {
    if (cause instanceof AgentFailure) throw cause;
    const detail = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new AgentFailure('frame-invalid', `The JPEG cannot be read (${detail}).`, { cause });
  }
}

async function scale(rgb: Uint8Array, from: PictureSize, to: PictureSize): Promise<Uint8Array> {
  const sharp = await openLibvips();
  return sharp(rgb, { raw: { width: from.width, height: from.height, channels: 3 } })
    .resize(to.width, to.height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
}
