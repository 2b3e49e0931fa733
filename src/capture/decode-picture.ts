/** Decodes a picture file to an ImageBitmap; a file that is too large is refused by its header, before decoding. */
import { imageDimensionsFromData } from 'image-dimensions';
import { ProblemError } from '../domain/problems/problem.ts';
import { shrinkInside, type Size } from '../domain/frame.ts';
import { AS_STORED, dropAlpha } from './drop-alpha.ts';

/** Above this a decoded picture (4 bytes per pixel) takes over 256 MB. */
export const LIMIT_MEGAPIXELS = 64;

/** Longest side that is kept; every network here sees 513 pixels at most. */
export const LONGEST_SIDE = 4096;

/** Camera apps put depth maps and previews before a JPEG's size; the second step reads past them. */
const HEADER_BYTES = [256 * 1024, 16 * 1024 * 1024];

export interface DecodedPicture {
  /** Owned by the caller; opaque, without colour conversion, upright by its EXIF orientation. */
  readonly bitmap: ImageBitmap;
  /** Size before it was scaled down to LONGEST_SIDE, pixels. */
  readonly original: Size;
}

/**
 * Of an animation, the first frame.
 * @throws ProblemError picture-too-large or not-a-picture
 */
export async function decodePicture(blob: Blob, fileName: string): Promise<DecodedPicture> {
  const announced = await readPictureSize(blob);
  if (announced !== null) refuseTooLarge(announced, fileName);
  const bitmap = await decodePixels(blob, fileName);
  try {
    const original = { width: bitmap.width, height: bitmap.height };
    refuseTooLarge(original, fileName);
    const kept = shrinkInside(original, LONGEST_SIDE);
    if (kept.width === original.width && kept.height === original.height) return { bitmap, original };
    const scaled = await createImageBitmap(bitmap, {
      resizeWidth: kept.width,
      resizeHeight: kept.height,
      resizeQuality: 'high',
      ...AS_STORED,
    });
    bitmap.close();
    return { bitmap: scaled, original };
  } catch (error) {
    bitmap.close();
    throw error;
  }
}

/**
 * The picture at its own size, as decodePicture() gives it; the caller closes it.
 * @throws ProblemError not-a-picture
 */
export async function decodePixels(blob: Blob, fileName: string): Promise<ImageBitmap> {
  try {
    return await dropAlpha(await createImageBitmap(blob, AS_STORED), blob);
  } catch (cause) {
    throw new ProblemError({ kind: 'not-a-picture', fileName }, { cause });
  }
}

/** Pixels as stored (EXIF orientation not applied); null if the format is unknown or the header is damaged. */
export async function readPictureSize(blob: Blob): Promise<Size | null> {
  for (const bytes of HEADER_BYTES) {
    const head = new Uint8Array(await blob.slice(0, bytes).arrayBuffer());
    const size = dimensionsOf(head);
    if (size !== null) return size;
    if (blob.size <= bytes) break;
  }
  return null;
}

function dimensionsOf(head: Uint8Array): Size | null {
  try {
    return imageDimensionsFromData(head) ?? null;
  } catch {
    // The parser reads past the end of damaged headers.
    return null;
  }
}

function refuseTooLarge({ width, height }: Size, fileName: string): void {
  if (width * height <= LIMIT_MEGAPIXELS * 1e6) return;
  throw new ProblemError({
    kind: 'picture-too-large',
    fileName,
    width,
    height,
    limitMegapixels: LIMIT_MEGAPIXELS,
  });
}
