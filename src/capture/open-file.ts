/** Opens a file as what it really is, picture or video, whatever its name and type say. */
import { ProblemError } from '../domain/problems/problem.ts';
import type { FrameSource } from './frame-source.ts';
import { openPictureFile } from './picture.ts';
import { SNIFF_BYTES, sniffMedia } from './sniff-media.ts';
import { openVideoFile } from './video-file.ts';

/**
 * Bytes that no signature knows are tried as a picture, then as a video.
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

/** @throws ProblemError not-a-picture where the file cannot be read (gone since it was chosen, or a folder) */
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
