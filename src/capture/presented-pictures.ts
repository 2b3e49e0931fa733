/** Tracks the pictures of a playing video: which are new, how many were shown, and how many were not captured. */
import type { Closable } from '../domain/frame.ts';
import type { SourceCounters } from './frame-source.ts';

/**
 * Watches a video element from construction to close().
 *
 * Identity comes from requestVideoFrameCallback: `presentedFrames` counts every picture, also those between two
 * callbacks. The element may already show a picture whose callback has yet to come (21 of 250 grabs with Chromium
 * 156's fake camera), so a grab remembers the timestamp of the picture it took, and the late callback for that
 * picture does not make it new again. In Chromium that timestamp equals the callback's mediaTime; where it does
 * not (Firefox stamps with currentTime), the callbacks alone decide.
 */
export class PresentedPictures implements Closable {
  readonly #video: HTMLVideoElement;
  readonly #onChange: () => void;
  #closed = false;
  #fresh = false;
  #takenUs: number | null = null;
  #presented: number | null = null;
  #unique = 0;
  #taken = 0;
  #uniqueAtLoop = -1;

  /** `onChange` is called whenever `fresh` may have become true. */
  constructor(video: HTMLVideoElement, onChange: () => void) {
    this.#video = video;
    this.#onChange = onChange;
    video.addEventListener('seeked', this.#loop);
    video.addEventListener('canplay', onChange);
    if ('requestVideoFrameCallback' in HTMLVideoElement.prototype) this.#watchCallbacks();
    else this.#watchClock();
  }

  /** True when the element shows a new picture that can be grabbed now. */
  get fresh(): boolean {
    // While a looping file seeks to its start, createImageBitmap(video) would throw.
    return this.#fresh && this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  /** To be called in the same task as the grab. */
  take(): void {
    this.#fresh = false;
    this.#taken++;
    this.#takenUs = timestampUs(this.#video);
  }

  /** The current picture counts as skipped only once another one replaces it. */
  counters(): SourceCounters {
    const unique = Math.max(this.#unique, this.#taken);
    return { unique, skipped: unique - this.#taken - (this.#fresh && unique > this.#taken ? 1 : 0) };
  }

  close(): void {
    this.#closed = true;
    this.#fresh = false;
    this.#video.removeEventListener('seeked', this.#loop);
    this.#video.removeEventListener('canplay', this.#onChange);
  }

  #see(mediaTimeUs: number, presented: number): void {
    this.#unique += this.#presented === null ? 1 : Math.max(1, presented - this.#presented);
    this.#presented = presented;
    if (mediaTimeUs === this.#takenUs) return;
    this.#takenUs = null;
    this.#fresh = true;
    this.#onChange();
  }

  /** A file of one picture presents it once and never again: each of its loops counts as a new picture. */
  readonly #loop = () => {
    if (this.#unique === this.#uniqueAtLoop) {
      this.#unique++;
      this.#fresh = true;
    }
    this.#uniqueAtLoop = this.#unique;
    this.#onChange();
  };

  #watchCallbacks(): void {
    this.#video.requestVideoFrameCallback((_, { mediaTime, presentedFrames }) => {
      if (this.#closed) return;
      this.#see(Math.round(mediaTime * 1e6), presentedFrames);
      this.#watchCallbacks();
    });
  }

  /**
   * For browsers without requestVideoFrameCallback (Firefox before 132): a changed currentTime means a new picture. It
   * changes at most once per screen refresh, so if the camera is slower than the screen, a duplicate can count as new;
   * these browsers offer nothing better.
   */
  #watchClock(seenUs = -1): void {
    requestAnimationFrame(() => {
      if (this.#closed) return;
      const nowUs = Math.round(this.#video.currentTime * 1e6);
      const showing = this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
      if (showing && nowUs !== seenUs) this.#see(nowUs, (this.#presented ?? 0) + 1);
      this.#watchClock(showing ? nowUs : seenUs);
    });
  }
}

/** Timestamp of the current picture, us (the call takes 0.03 ms); null if the browser does not know it. */
function timestampUs(video: HTMLVideoElement): number | null {
  if (!('VideoFrame' in globalThis)) return null;
  try {
    const frame = new VideoFrame(video);
    const { timestamp } = frame;
    frame.close();
    return timestamp;
  } catch {
    // The element has no picture at this instant; the callbacks alone decide then.
    return null;
  }
}
