/** A still picture as a FrameSource, decoded once and copied for every capture. */
import type { Frame } from '../domain/frame.ts';
import type { DecodedPicture } from './decode-picture.ts';
import { decodePicture } from './decode-picture.ts';
import type { FrameSource } from './frame-source.ts';
import { fetchSample } from './samples.ts';

/** @throws ProblemError not-a-picture or picture-too-large; or the signal's reason */
export async function openPictureFile(file: File, signal: AbortSignal): Promise<FrameSource> {
  return openPicture(file, file.name, `file: ${file.name}`, signal);
}

/** @throws ProblemError source-unreachable, not-a-picture; or the signal's reason */
export async function openSample(id: string, signal: AbortSignal): Promise<FrameSource> {
  return openPicture(await fetchSample(id, signal), id, `sample:${id}`, signal);
}

async function openPicture(
  blob: Blob,
  name: string,
  label: string,
  signal: AbortSignal,
): Promise<FrameSource> {
  signal.throwIfAborted();
  const decoded = await decodePicture(blob, name);
  if (signal.aborted) decoded.bitmap.close();
  signal.throwIfAborted();
  return stillSource(decoded, label);
}

function stillSource({ bitmap, original }: DecodedPicture, label: string): FrameSource {
  const { width, height } = bitmap;
  const scaled = original.width !== width || original.height !== height;
  let captured = 0;
  let closed = false;
  return {
    label: scaled ? `${label} (scaled down from ${original.width} x ${original.height})` : label,
    width,
    height,
    moving: false,
    mirrorByDefault: false,
    async capture(signal): Promise<Frame<ImageBitmap>> {
      signal.throwIfAborted();
      if (closed) throw new DOMException('The source was closed.', 'AbortError');
      // Without options the copy shares its pixels (0.08 ms), and the transfer to the worker copies them after all:
      // 1.57 + 0.08 ms in sum against 0.57 + 0.97 with them (512x512, headless Chromium 156). So copy here, where
      // the capture stage counts it. drawImage + transferToImageBitmap takes 1.16.
      const pixels = await createImageBitmap(bitmap, {
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'none',
      });
      if (signal.aborted) pixels.close();
      signal.throwIfAborted();
      return { id: ++captured, width, height, pixels, waitMs: 0 };
    },
    counters: () => ({ unique: captured, skipped: 0 }),
    onEnd() {
      // A still picture never ends by itself.
    },
    close() {
      closed = true;
      bitmap.close();
    },
  };
}
