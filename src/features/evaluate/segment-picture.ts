/** Single pictures instead of a stream: decoded as they are, and segmented one after another. */
import { ProblemError } from '../../domain/problems/problem.ts';
import type { Segmentation, Segmenter } from '../../segmentation/segmenter.ts';

/**
 * The picture as it is, without colour conversion; the caller closes it.
 * @throws ProblemError not-a-picture
 */
export async function decodePicture(picture: Blob, fileName = 'picture'): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(picture, { colorSpaceConversion: 'none' });
  } catch (error) {
    throw new ProblemError({ kind: 'not-a-picture', fileName }, { cause: error });
  }
}

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
