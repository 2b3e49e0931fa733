/** Opens the FrameSource that the user chose. */
import { openCamera } from './camera.ts';
import type { FrameSource, SourceChoice } from './frame-source.ts';
import { openMovingSample } from './moving-sample.ts';
import { openPictureFile, openSample } from './picture.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { openVideoFile } from './video-file.ts';

/** @throws ProblemError, or the signal's reason; then nothing stays open */
export function openSource(choice: SourceChoice, signal: AbortSignal): Promise<FrameSource> {
  switch (choice.kind) {
    case 'camera':
      return openCamera(choice, signal);
    case 'sample':
      return openSample(choice.id, signal);
    case 'moving-sample':
      return openMovingSample(choice.id, signal);
    case 'file':
      return openFile(choice.file, signal);
  }
}

/**
 * A file without a known signature is tried as a picture, then as a video.
 * @throws ProblemError not-a-picture, picture-too-large, video-without-frames or video-undecodable; or the signal's
 *   reason
 */
export async function openFile(file: File, signal: AbortSignal): Promise<FrameSource> {
  signal.throwIfAborted();
  const head = await readHead(file);
  switch (sniffMedia(head)) {
    case 'picture':
      return openPictureFile(file, signal);
    case 'video':
      return openVideoFile(file, signal);
    case 'unknown':
      return openUnknown(file, signal);
  }
}

async function openUnknown(file: File, signal: AbortSignal): Promise<FrameSource> {
  try {
    return await openPictureFile(file, signal);
  } catch (asPicture) {
    signal.throwIfAborted();
    if (!isProblem(asPicture, 'not-a-picture') || file.size === 0) throw asPicture;
    try {
      return await openVideoFile(file, signal);
    } catch (asVideo) {
      throw isProblem(asVideo, 'video-undecodable') ? asPicture : asVideo;
    }
  }
}

/** @throws ProblemError not-a-picture if the file cannot be read (deleted since it was chosen, or a folder) */
async function readHead(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer());
  } catch (cause) {
    throw new ProblemError({ kind: 'not-a-picture', fileName: file.name }, { cause });
  }
}

function isProblem(error: unknown, kind: 'not-a-picture' | 'video-undecodable'): boolean {
  return error instanceof ProblemError && error.problem.kind === kind;
}

type MediaKind = 'picture' | 'video' | 'unknown';

/** Bytes that sniffMedia() needs. */
const SNIFF_BYTES = 64;

const STILL_BRANDS = new Set(['avif', 'avis', 'heic', 'heix', 'hevc', 'hevx', 'mif1', 'msf1', 'miaf']);

/**
 * Signatures by https://mimesniff.spec.whatwg.org, plus those of containers that are missing there (MPEG, FLV, ASF).
 * @param head the file's first bytes, SNIFF_BYTES of them or fewer
 */
export function sniffMedia(head: Uint8Array): MediaKind {
  const text = String.fromCharCode(...head.subarray(0, SNIFF_BYTES));
  if (/^(\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM|RIFF[^]{4}WEBP|\x00\x00\x01\x00)/.test(text)) {
    return 'picture';
  }
  if (text.startsWith('ftyp', 4)) return STILL_BRANDS.has(text.slice(8, 12)) ? 'picture' : 'video';
  // EBML (WebM, Matroska), Ogg, AVI, MPEG program stream and video, FLV, ASF, QuickTime's older first atoms.
  return /^(\x1a\x45\xdf\xa3|OggS|RIFF[^]{4}AVI |\x00\x00\x01[\xba\xb3]|FLV\x01|\x30\x26\xb2\x75|[^]{4}(moov|mdat|wide|free))/.test(
    text,
  )
    ? 'video'
    : 'unknown';
}
