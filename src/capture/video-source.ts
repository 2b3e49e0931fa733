/** A playing video element as a FrameSource; shared by cameras and video files. */
import { ProblemError } from '../domain/problems/problem.ts';
import type { Frame } from '../domain/frame.ts';
import type { Problem } from '../domain/problems/problem.ts';
import type { FrameSource, SourceCounters } from './frame-source.ts';
import { PresentedPictures } from './presented-pictures.ts';

export interface VideoSourceParts {
  readonly label: string;
  readonly mirrorByDefault: boolean;
  /** Frees what feeds the element (tracks, object URL); called once. */
  readonly release: () => void;
}

/** How long a playing element may stay silent before it is attached to the document, ms. */
const SILENCE_MS = 1000;

export class VideoSource implements FrameSource {
  readonly moving = true;
  readonly label: string;
  readonly mirrorByDefault: boolean;
  readonly #video: HTMLVideoElement;
  readonly #release: () => void;
  readonly #pictures: PresentedPictures;
  readonly #sleepers = new Set<() => void>();
  readonly #endListeners = new Set<(problem: Problem) => void>();
  readonly #silence: ReturnType<typeof setTimeout>;
  readonly #hasAlpha: boolean;
  #problem: Problem | null = null;
  #closed = false;
  #captured = 0;

  /** The element must be playing and show its first picture. */
  constructor(video: HTMLVideoElement, parts: VideoSourceParts) {
    this.label = parts.label;
    this.mirrorByDefault = parts.mirrorByDefault;
    this.#video = video;
    this.#release = parts.release;
    this.#hasAlpha = hasAlpha(video);
    this.#pictures = new PresentedPictures(video, () => this.#wakeAll());
    this.#silence = setTimeout(() => this.#attachIfSilent(), SILENCE_MS);
  }

  /** Changes when a phone is turned. */
  get width(): number {
    return this.#video.videoWidth;
  }

  get height(): number {
    return this.#video.videoHeight;
  }

  /**
   * Takes the current picture if it is new, otherwise waits for the next. Browsers present nothing in a hidden tab, so
   * there it waits.
   */
  async capture(signal: AbortSignal): Promise<Frame<ImageBitmap>> {
    this.#throwIfOver(signal);
    const askedAt = performance.now();
    while (!this.#pictures.fresh) {
      await this.#change(signal);
      this.#throwIfOver(signal);
    }
    const waitMs = performance.now() - askedAt;
    // 3.1 ms at 640x480, against 3.7 for drawImage + transferToImageBitmap and 3.6-4.0 through a VideoFrame
    // (medians, headless Chromium 156, 2 cores without GPU); what follows in worker and paint costs the same.
    const grab = this.#hasAlpha ? grabOpaque(this.#video) : createImageBitmap(this.#video);
    this.#pictures.take();
    const pixels = await grab.catch((error: unknown) => {
      this.#throwIfOver(signal);
      throw error;
    });
    if (signal.aborted || this.#isOver()) pixels.close();
    this.#throwIfOver(signal);
    return { id: ++this.#captured, width: pixels.width, height: pixels.height, pixels, waitMs };
  }

  counters(): SourceCounters {
    return this.#pictures.counters();
  }

  onEnd(listener: (problem: Problem) => void): void {
    if (this.#problem === null) this.#endListeners.add(listener);
    else listener(this.#problem);
  }

  /** The source ended on its own: waiting captures fail with the problem, and listeners are called once. */
  end(problem: Problem): void {
    if (this.#isOver()) return;
    this.#problem = problem;
    const listeners = [...this.#endListeners];
    this.close();
    for (const listener of listeners) listener(problem);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#silence);
    this.#endListeners.clear();
    this.#pictures.close();
    releaseVideo(this.#video);
    this.#release();
    this.#wakeAll();
  }

  #isOver(): boolean {
    return this.#closed || this.#problem !== null;
  }

  #throwIfOver(signal: AbortSignal): void {
    signal.throwIfAborted();
    if (this.#problem !== null) throw new ProblemError(this.#problem);
    if (this.#closed) throw new DOMException('The source was closed.', 'AbortError');
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #wakeAll(): void {
    for (const wake of [...this.#sleepers]) wake();
  }

  /**
   * Safari before 18.2 presents no pictures of an element outside the document
   * (https://github.com/WebKit/WebKit/pull/36896); only there the element is attached, invisibly.
   */
  #attachIfSilent(): void {
    if (this.counters().unique > 0 || document.visibilityState === 'hidden') return;
    this.#video.ariaHidden = 'true';
    this.#video.style.cssText =
      'position:fixed;inset:auto auto 0 0;width:1px;height:1px;opacity:0;pointer-events:none';
    document.body.append(this.#video);
    // WebKit pauses an element that is moved.
    void this.#video.play().catch(() => undefined);
  }
}

/** VP8 and VP9 files may have an alpha plane. */
function hasAlpha(video: HTMLVideoElement): boolean {
  if (!('VideoFrame' in globalThis)) return false;
  try {
    const frame = new VideoFrame(video);
    const { format } = frame;
    frame.close();
    return format?.endsWith('A') === true;
  } catch {
    // There is no current picture at this instant.
    return false;
  }
}

/** The colours as stored, as for pictures (drop-alpha.ts); a bitmap of the element itself would be premultiplied. */
async function grabOpaque(video: HTMLVideoElement): Promise<ImageBitmap> {
  const frame = new VideoFrame(video, { alpha: 'discard' });
  try {
    return await createImageBitmap(frame);
  } finally {
    frame.close();
  }
}

/** Releases everything that a video element holds, even if it never played. */
export function releaseVideo(video: HTMLVideoElement): void {
  video.pause();
  video.srcObject = null;
  video.removeAttribute('src');
  video.load();
  video.remove();
}
