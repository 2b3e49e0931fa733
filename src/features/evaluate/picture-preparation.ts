/** Reads and decodes the next picture and its mask while the network processes the current one. */
import type { Skipped, SkipReason } from '../../domain/accuracy/evaluation.ts';
import type { LabelMap } from '../../domain/labels/label-map.ts';
import { decodeMask } from '../../evaluation/mask-decoding.ts';
import type { MaskMapping } from '../../evaluation/mask-mapping.ts';
import type { DataSetFile } from '../../evaluation/zip-archive.ts';
import type { PicturePair } from '../../evaluation/data-set.ts';

export type PreparedPicture =
  | {
      readonly kind: 'ready';
      readonly name: string;
      /** Size of the picture's file: name and size identify the picture when an evaluation resumes. */
      readonly bytes: number;
      /** The consumer closes them. */
      readonly pixels: ImageBitmap;
      readonly truth: LabelMap;
      /** Time for reading and decoding, ms. */
      readonly preparedMs: number;
    }
  | { readonly kind: 'skipped'; readonly skipped: Skipped };

export interface PreparationParts {
  readonly now: () => number;
  /** Of the model. */
  readonly classes: number;
  readonly mapping: MaskMapping | null;
  /** @throws if the file is not a picture */
  readonly decodePicture: (picture: Blob, fileName: string) => Promise<ImageBitmap>;
}

/** Never rejects: an unusable file is skipped with its reason. */
export async function preparePicture(
  { name, picture, mask }: PicturePair,
  { now, classes, mapping, decodePicture }: PreparationParts,
): Promise<PreparedPicture> {
  const skip = (reason: SkipReason, sentence: string): PreparedPicture => ({
    kind: 'skipped',
    skipped: { name, reason, sentence },
  });
  const started = now();
  let pixels: ImageBitmap | null = null;
  try {
    const file = await opened(picture, 'unreadable-picture');
    if ('reason' in file) return skip(file.reason, file.sentence);
    const maskFile = await opened(mask, 'unreadable-mask');
    if ('reason' in maskFile) return skip(maskFile.reason, maskFile.sentence);
    const decoding = decodePicture(file.blob, name).catch(() => null);
    const decoded = await decodeMask(await bytesOf(maskFile.blob), name, classes, mapping);
    pixels = await decoding;
    if (pixels === null) {
      return skip('unreadable-picture', `"${name}" is no picture that this browser can read.`);
    }
    if (decoded.kind === 'refused') return skip(decoded.reason, decoded.sentence);
    const { labelMap } = decoded;
    const [given, wanted] = [sizeText(labelMap), sizeText(pixels)];
    if (given !== wanted) {
      return skip('size-differs', `The mask "${name}" has ${given} pixels, its picture ${wanted}.`);
    }
    const taken = pixels;
    pixels = null;
    return {
      kind: 'ready',
      name,
      bytes: file.blob.size,
      pixels: taken,
      truth: labelMap,
      preparedMs: now() - started,
    };
  } catch (error) {
    return skip('unreadable-mask', `The mask "${name}" could not be read (${messageOf(error)}).`);
  } finally {
    pixels?.close();
  }
}

const sizeText = ({ width, height }: { readonly width: number; readonly height: number }) =>
  `${width} x ${height}`;

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

async function opened(
  file: DataSetFile,
  otherwise: SkipReason,
): Promise<{ readonly blob: Blob } | { readonly reason: SkipReason; readonly sentence: string }> {
  try {
    return { blob: await file.open() };
  } catch (error) {
    const forbidden =
      error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError');
    const path = file.path;
    return forbidden
      ? { reason: 'no-permission', sentence: `"${path}" may not be read (${messageOf(error)}).` }
      : { reason: otherwise, sentence: `"${path}" could not be read (${messageOf(error)}).` };
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
