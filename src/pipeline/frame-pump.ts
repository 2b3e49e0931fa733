/** Takes one frame at a time from source to canvas: one in flight, newest wins, every millisecond accounted for. */
import type { FrameSource } from '../capture/frame-source.ts';
import type { Frame } from '../domain/frame.ts';
import { problemOf, type Problem } from '../domain/problems/problem.ts';
import type { FrameTimings } from '../domain/measuring/stage-timings.ts';
import type { FrameSegmenter, Segmentation, Segmenter } from '../segmentation/segmenter.ts';

export interface PumpParts<By = Segmenter, Result extends Segmentation = Segmentation> {
  /** ms, monotonic. */
  readonly now: () => number;
  /** Draws the segmented frame and takes over its pixels; `segmenter` is the one that made the labels. */
  readonly paint: (segmentation: Result, segmenter: By) => void;
  /** After every painted frame; `segmenter` is the one that made it. */
  readonly onFrame: (timings: FrameTimings, segmentation: Result, segmenter: By) => void;
  /** The source failed during a capture; the pump has removed it. */
  readonly onSourceProblem: (problem: Problem, source: FrameSource) => void;
  /** The segmenter failed on a frame; the pump has removed it. `cause` is what it threw. */
  readonly onSegmenterProblem: (problem: Problem, segmenter: By, cause: unknown) => void;
  /** paint() or onFrame() threw. The pump continues with the next frame, and reports again only after a frame succeeds. */
  readonly onShowProblem: (problem: Problem) => void;
  /** The source or segmenter has changed: frames counted from now on belong to the new one, and counting starts over. */
  readonly onEpoch?: () => void;
}

export interface FramePump<By = Segmenter> {
  /** null = nothing to capture. Starts an epoch. */
  setSource(source: FrameSource | null): void;
  /** Starts an epoch. Resolves when the previous segmenter has no frame in flight. */
  setSegmenter(segmenter: By | null): Promise<void>;
  /**
   * For a change that source and segmenter do not show. Cancels a pending capture. A frame that is already with the
   * segmenter is painted but not counted.
   */
  startEpoch(): void;
  /** Stops, and ends the epoch. Holds nest. Resolves when nothing is in flight. */
  hold(): Promise<void>;
  /** Undoes one hold(); the next counted frame is marked as the first after a gap. */
  release(): void;
  /** Runs one frame under a hold, for measurements interleaved with other work; null if there is nothing to run. */
  step(): Promise<FrameTimings | null>;
  close(): void;
}

export function createFramePump<
  By extends FrameSegmenter<Result>,
  Result extends Segmentation = Segmentation,
>(parts: PumpParts<By, Result>): FramePump<By> {
  let source: FrameSource | null = null;
  let segmenter: By | null = null;
  let holds = 0;
  let afterGap = true;
  /** Rises with every change and every hold: a frame that began earlier is not counted. */
  let epoch = 0;
  let closed = false;
  let showProblemTold = false;
  let captureAbort = new AbortController();
  const closing = new AbortController();
  let inFlight: Promise<FrameTimings | null> | null = null;
  let looping = false;

  async function runFrame(from: FrameSource, by: By): Promise<FrameTimings | null> {
    const epochAtStart = epoch;
    const outcome = await passFrame(from, by, parts, captureAbort.signal, closing.signal);
    switch (outcome.kind) {
      case 'given-up':
        return null;
      case 'source-failed':
        if (source === from) source = null;
        parts.onSourceProblem(
          problemOf(outcome.error, (detail) => ({ kind: 'source-unreachable', what: from.label, detail })),
          from,
        );
        return null;
      case 'segmenter-failed': {
        const { error } = outcome;
        if (segmenter === by) segmenter = null;
        parts.onSegmenterProblem(
          problemOf(error, (detail) => ({ kind: 'inference-failed', detail })),
          by,
          error,
        );
        return null;
      }
      case 'paint-failed':
        tellShowProblem(outcome.error);
        return null;
      case 'painted':
        return epoch === epochAtStart
          ? count({ ...outcome.timings, afterGap }, outcome.segmentation, by)
          : null;
    }
  }

  function count(timings: FrameTimings, segmentation: Result, by: By): FrameTimings | null {
    afterGap = false;
    try {
      parts.onFrame(timings, segmentation, by);
      showProblemTold = false;
      return timings;
    } catch (error) {
      tellShowProblem(error);
      return null;
    }
  }

  function tellShowProblem(error: unknown): void {
    if (showProblemTold || closed) return;
    showProblemTold = true;
    parts.onShowProblem(problemOf(error, (detail) => ({ kind: 'frame-not-shown', detail })));
  }

  async function track(frame: Promise<FrameTimings | null>): Promise<FrameTimings | null> {
    inFlight = frame;
    try {
      return await frame;
    } finally {
      if (inFlight === frame) inFlight = null;
    }
  }

  async function loop(): Promise<void> {
    if (looping) return;
    looping = true;
    try {
      while (!closed && holds === 0 && source !== null && segmenter !== null)
        await track(runFrame(source, segmenter));
    } finally {
      looping = false;
    }
  }

  const whenIdle = async () => {
    while (inFlight !== null) await inFlight;
  };

  const endEpoch = () => {
    epoch++;
    captureAbort.abort(new DOMException('The pump no longer wants this frame.', 'AbortError'));
    captureAbort = new AbortController();
  };

  function startEpoch(hasSubject = true): void {
    endEpoch();
    afterGap = true;
    if (hasSubject) parts.onEpoch?.();
  }

  return {
    setSource(next) {
      source = next;
      startEpoch(next !== null);
      void whenIdle().then(loop);
    },
    async setSegmenter(next) {
      segmenter = next;
      startEpoch(next !== null);
      await whenIdle();
      void loop();
    },
    startEpoch: () => startEpoch(),
    async hold() {
      holds++;
      endEpoch();
      await whenIdle();
    },
    release() {
      holds = Math.max(0, holds - 1);
      afterGap = true;
      void whenIdle().then(loop);
    },
    async step() {
      await whenIdle();
      return source === null || segmenter === null || closed ? null : track(runFrame(source, segmenter));
    },
    close() {
      closed = true;
      endEpoch();
      closing.abort();
    },
  };
}

type Outcome<Result> =
  | { readonly kind: 'given-up' }
  | { readonly kind: 'source-failed' | 'segmenter-failed' | 'paint-failed'; readonly error: unknown }
  | {
      readonly kind: 'painted';
      readonly timings: Omit<FrameTimings, 'afterGap'>;
      readonly segmentation: Result;
    };

/**
 * Takes one frame from source to canvas. Whatever happens, only the painter may keep its pixels.
 * @param wanted aborted when the frame need not be captured any more
 * @param open aborted when the pump closes
 */
async function passFrame<Result extends Segmentation, By extends FrameSegmenter<Result>>(
  from: FrameSource,
  by: By,
  { now, paint }: Pick<PumpParts<By, Result>, 'now' | 'paint'>,
  wanted: AbortSignal,
  open: AbortSignal,
): Promise<Outcome<Result>> {
  const asked = now();
  let frame: Frame<ImageBitmap>;
  try {
    frame = await from.capture(wanted);
  } catch (error) {
    return wanted.aborted ? { kind: 'given-up' } : { kind: 'source-failed', error };
  }
  if (wanted.aborted) {
    frame.pixels.close();
    return { kind: 'given-up' };
  }
  const { id: frameId, waitMs } = frame;
  const captured = now();
  let segmentation: Result;
  try {
    segmentation = await by.segment(frame, open);
  } catch (error) {
    return open.aborted ? { kind: 'given-up' } : { kind: 'segmenter-failed', error };
  }
  const segmented = now();
  try {
    paint(segmentation, by);
  } catch (error) {
    segmentation.frame.pixels.close();
    return { kind: 'paint-failed', error };
  }
  const painted = now();
  const stages = { ...segmentation.stages, capture: captured - asked, paint: painted - segmented };
  return {
    kind: 'painted',
    timings: { frameId, stages, frameMs: painted - asked, waitMs },
    segmentation,
  };
}
