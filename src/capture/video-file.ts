/** A video file as a FrameSource; it plays muted in an endless loop. */
import { ProblemError } from '../domain/problems/problem.ts';
import type { FrameSource } from './frame-source.ts';
import { createHiddenVideo, startVideo } from './start-video.ts';
import { VideoSource, releaseVideo } from './video-source.ts';

/** How long a file may take to show its first picture, ms. */
const PATIENCE_MS = 10_000;

/** Files shorter than this pause for the same time between two loops, ms. */
const SHORTEST_ROUND_MS = 100;

/**
 * @throws ProblemError video-without-frames (sound only, zero size, nothing within the patience) or
 *   video-undecodable; or the signal's reason
 */
export async function openVideoFile(
  file: File,
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<FrameSource> {
  signal.throwIfAborted();
  const video = createHiddenVideo();
  const url = URL.createObjectURL(file);
  const release = () => URL.revokeObjectURL(url);
  try {
    repeat(video);
    video.src = url;
    const start = await startVideo(video, signal, patienceMs);
    switch (start.kind) {
      case 'playing':
        break;
      case 'no-pictures':
        throw new ProblemError({ kind: 'video-without-frames', fileName: file.name });
      case 'undecodable':
        throw new ProblemError(
          { kind: 'video-undecodable', fileName: file.name },
          { cause: new Error(start.detail) },
        );
    }
  } catch (error) {
    releaseVideo(video);
    release();
    throw error;
  }
  const source = new VideoSource(video, { label: `file: ${file.name}`, mirrorByDefault: false, release });
  video.addEventListener('error', () => source.end({ kind: 'video-undecodable', fileName: file.name }));
  return source;
}

/**
 * Loops endlessly. A file of one picture (1 ms long, as MediaRecorder writes it) must not loop by itself, not even
 * until its length is known: it would be seeking all the time and never have a picture to grab.
 */
function repeat(video: HTMLVideoElement): void {
  video.addEventListener('loadedmetadata', () => {
    video.loop = video.duration * 1000 >= SHORTEST_ROUND_MS;
  });
  video.addEventListener('ended', () => {
    setTimeout(() => {
      // Closed in the meantime.
      void video.play().catch(() => undefined);
    }, SHORTEST_ROUND_MS);
  });
}
