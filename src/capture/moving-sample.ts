/** A slow pan and zoom over a sample photo, so that a machine without a camera still shows live video. */
import type { Frame, Size } from '../domain/frame.ts';
import { decodePicture } from './decode-picture.ts';
import type { FrameSource, SourceCounters } from './frame-source.ts';
import { fetchSample } from './samples.ts';

/** Like most webcams. */
export const MOVING_SAMPLE_SIZE: Size = { width: 640, height: 480 };
const PICTURES_PER_SECOND = 30;
const PICTURE_MS = 1000 / PICTURES_PER_SECOND;

/** @throws ProblemError source-unreachable, not-a-picture; or the signal's reason */
export async function openMovingSample(
  id: string,
  signal: AbortSignal,
  clock: PageClock = pageClock,
): Promise<FrameSource> {
  const { bitmap } = await decodePicture(await fetchSample(id, signal), id);
  if (signal.aborted) bitmap.close();
  signal.throwIfAborted();
  return movingSource(bitmap, `moving-sample:${id}`, clock);
}

/** Picture n is current from n to n + 1 thirtieths of a second after opening; it is drawn only when captured. */
function movingSource(photo: ImageBitmap, label: string, clock: PageClock): FrameSource {
  const { width, height } = MOVING_SAMPLE_SIZE;
  const canvas = new OffscreenCanvas(width, height);
  const brush = canvas.getContext('2d', { alpha: false });
  if (brush === null) throw new Error('This browser provides no 2D context for an OffscreenCanvas.');
  brush.imageSmoothingQuality = 'low';
  const life = new AbortController();
  const openedAt = clock.now();
  // The small offset keeps a clock that wakes up a rounding error early from waiting for the same picture again.
  const onShow = () => Math.floor((clock.now() - openedAt) / PICTURE_MS + 1e-6);
  let taken = -1;
  let captured = 0;

  const throwIfOver = (signal: AbortSignal) => {
    signal.throwIfAborted();
    life.signal.throwIfAborted();
  };
  return {
    label,
    width,
    height,
    moving: true,
    mirrorByDefault: false,
    async capture(signal): Promise<Frame<ImageBitmap>> {
      throwIfOver(signal);
      const askedAt = clock.now();
      while (onShow() <= taken) {
        const untilNextMs = openedAt + (taken + 1) * PICTURE_MS - clock.now();
        await clock.wait(untilNextMs, [signal, life.signal]);
        throwIfOver(signal);
      }
      const waitMs = clock.now() - askedAt;
      taken = onShow();
      const section = sectionAt(taken * PICTURE_MS, photo, MOVING_SAMPLE_SIZE);
      brush.drawImage(photo, section.x, section.y, section.width, section.height, 0, 0, width, height);
      return { id: ++captured, width, height, pixels: canvas.transferToImageBitmap(), waitMs };
    },
    counters(): SourceCounters {
      // After close() the clock runs on, but no picture is shown.
      const last = life.signal.aborted ? taken : onShow();
      return { unique: last + 1, skipped: last + 1 - captured - (last > taken ? 1 : 0) };
    },
    onEnd() {
      // It never ends by itself.
    },
    close() {
      life.abort(new DOMException('The source was closed.', 'AbortError'));
      photo.close();
    },
  };
}

export interface PageClock {
  /** ms since some fixed instant. */
  now(): number;
  /** Resolves after `ms`, or as soon as one of the signals is aborted; never rejects. */
  wait(ms: number, signals: readonly AbortSignal[]): Promise<void>;
}

export const pageClock: PageClock = {
  now: () => performance.now(),
  wait(ms, signals) {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        for (const signal of signals) signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      for (const signal of signals) signal.addEventListener('abort', done);
      if (signals.some((signal) => signal.aborted)) done();
    });
  },
};

/** Time after which the path is back at its start, ms. */
export const PATH_MS = 24_000;

/** A part of a photo, in the photo's pixels; fractions allowed. */
interface Section extends Size {
  readonly x: number;
  readonly y: number;
}

/** Size of the section, as a share of the largest one that fits: nearest and farthest. */
const NEAREST = 0.7;
const FARTHEST = 0.96;

/**
 * The section of `photo`, in the aspect ratio of `view`, that is seen at `timeMs`: a Lissajous figure, so position and
 * its derivatives are continuous, also where the path closes.
 */
export function sectionAt(timeMs: number, photo: Size, view: Size): Section {
  const angle = (2 * Math.PI * timeMs) / PATH_MS;
  const zoom = NEAREST + (FARTHEST - NEAREST) * (0.5 + 0.5 * Math.cos(3 * angle));
  const fit = Math.min(photo.width / view.width, photo.height / view.height) * zoom;
  const width = view.width * fit;
  const height = view.height * fit;
  return {
    x: (photo.width - width) * (0.5 + 0.5 * Math.sin(angle)),
    y: (photo.height - height) * (0.5 + 0.5 * Math.sin(2 * angle)),
    width,
    height,
  };
}
