/** The frame that every configuration of a plan segments at its end, so that reports show the same picture for all. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { FrameSource } from '../../capture/frame-source.ts';
import type { Frame } from '../../domain/frame.ts';
import { encodePicture } from '../../paint/encode-picture.ts';
import type { ReportFrame } from './run-database.ts';

export interface HeldReportFrame {
  readonly frame: ReportFrame;
  /** A copy for one segmenter; the caller owns its pixels. */
  copy(): Promise<Frame<ImageBitmap>>;
  close(): void;
}

/**
 * Takes one frame from a source that the caller keeps, and stores it as pixels and as PNG.
 * @throws ProblemError from the source, or the signal's reason
 */
export async function holdReportFrame(source: FrameSource, signal: AbortSignal): Promise<HeldReportFrame> {
  const { pixels } = await source.capture(signal);
  const { width, height } = pixels;
  try {
    const png = new Uint8Array(await (await encodePicture(pixels, 'png')).arrayBuffer());
    return {
      // Not crypto.subtle: a page on plain http has none.
      frame: { sha256: bytesToHex(sha256(png)), png, width, height, source: source.label },
      copy: async () => ({ id: 1, width, height, pixels: await createImageBitmap(pixels), waitMs: 0 }),
      close: () => pixels.close(),
    };
  } catch (error) {
    pixels.close();
    throw error;
  }
}
