/** Frames recorded once and replayed in a loop, so that every setup sees the same pictures. */
import type { Frame } from '../domain/frame.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { REPLAY_BYTES_LIMIT, REPLAY_FRAMES_LIMIT } from '../domain/measuring/run.ts';
import type { FrameSource } from './frame-source.ts';

/** Recorded frames, held uncompressed in memory until close(). */
export interface Replay {
  readonly frames: number;
  /** 4 per pixel of every frame. */
  readonly bytes: number;
  /** As written into reports, for instance "replay of 32 frames, camera: HD Webcam". */
  readonly label: string;
  /** A separate source that begins with the first frame and never waits. May be opened many times. */
  open(): FrameSource;
  close(): void;
}

/**
 * Captures `count` different frames of a source that the caller still owns.
 * @param onRecorded called after every frame with the number of frames so far
 * @throws ProblemError replay-too-large before anything is recorded (or while recording, if the source grows), or what
 *   the source throws, or the signal's reason; nothing is kept then
 */
export async function recordReplay(
  source: FrameSource,
  count: number,
  signal: AbortSignal,
  onRecorded: (frames: number) => void = () => undefined,
): Promise<Replay> {
  if (count < 1 || !Number.isInteger(count)) throw new RangeError(`There is no replay of ${count} frames.`);
  refuseTooLarge(count, count * 4 * source.width * source.height);
  const pictures: ImageBitmap[] = [];
  try {
    while (pictures.length < count) {
      pictures.push((await source.capture(signal)).pixels);
      refuseTooLarge(count, bytesOf(pictures));
      onRecorded(pictures.length);
    }
  } catch (error) {
    for (const picture of pictures) picture.close();
    throw error;
  }
  return replayOf(pictures, source.label);
}

function bytesOf(pictures: readonly ImageBitmap[]): number {
  return pictures.reduce((sum, { width, height }) => sum + 4 * width * height, 0);
}

function refuseTooLarge(frames: number, bytes: number): void {
  if (frames <= REPLAY_FRAMES_LIMIT && bytes <= REPLAY_BYTES_LIMIT) return;
  throw new ProblemError({
    kind: 'replay-too-large',
    frames,
    megabytes: Math.ceil(bytes / 1e6),
    limitFrames: REPLAY_FRAMES_LIMIT,
    limitMegabytes: REPLAY_BYTES_LIMIT / 1e6,
  });
}

function replayOf(pictures: readonly ImageBitmap[], sourceLabel: string): Replay {
  const bytes = bytesOf(pictures);
  const label = `replay of ${pictures.length} frame${pictures.length === 1 ? '' : 's'}, ${sourceLabel}`;
  let closed = false;
  return {
    frames: pictures.length,
    bytes,
    label,
    open: () => roundAndRound(pictures, label, () => closed),
    close() {
      closed = true;
      for (const picture of pictures) picture.close();
    },
  };
}

function roundAndRound(pictures: readonly ImageBitmap[], label: string, isOver: () => boolean): FrameSource {
  const [first] = pictures;
  let captured = 0;
  let closed = false;
  return {
    label,
    width: first?.width ?? 0,
    height: first?.height ?? 0,
    // Pictures wait until captured: a replay has no rate, so none is skipped.
    moving: false,
    mirrorByDefault: false,
    async capture(signal): Promise<Frame<ImageBitmap>> {
      signal.throwIfAborted();
      const picture = pictures[captured % pictures.length];
      if (picture === undefined || closed || isOver()) {
        throw new DOMException('The replay was closed.', 'AbortError');
      }
      // A separate copy, as for a still picture (capture/picture.ts), because the worker takes the pixels over.
      const pixels = await createImageBitmap(picture, {
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'none',
      });
      if (signal.aborted) pixels.close();
      signal.throwIfAborted();
      return { id: ++captured, width: pixels.width, height: pixels.height, pixels, waitMs: 0 };
    },
    counters: () => ({ unique: captured, skipped: 0 }),
    onEnd() {
      // It never ends by itself.
    },
    close() {
      closed = true;
    },
  };
}
