/** Segments a single picture, which belongs to no stream. */
import type { Segmentation, Segmenter } from '../../segmentation/segmenter.ts';

const { signal: unheard } = new AbortController();

/** Takes over the pixels and closes them. */
export async function segmentPicture(
  segmenter: Pick<Segmenter, 'segment'>,
  pixels: ImageBitmap,
): Promise<Omit<Segmentation, 'frame'>> {
  const { width, height } = pixels;
  const { frame, ...segmentation } = await segmenter.segment(
    { id: 1, width, height, pixels, waitMs: 0 },
    unheard,
  );
  frame.pixels.close();
  return segmentation;
}
