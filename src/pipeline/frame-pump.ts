/** Takes one frame at a time from source to canvas: one in flight, newest wins, every millisecond accounted for. */
import type { FrameSource } from '../capture/frame-source.ts';
import type { Frame } from '../domain/frame.ts';
import { problemOf, type Problem } from '../domain/problems/problem.ts';
import type { FrameTimings } from '../domain/measuring/stage-timings.ts';
import type { FrameSegmenter, Segmentation, Segmenter } from '../segmentation/segmenter.ts';

export interface PumpParts<By = Segmenter, Result extends Segmentation = Segmentation> {
  /** ms, monotonic. */
  readonly now: () => number;
  /** Draws and takes over the segmented frame's pixels; `segmenter` is the one that made the labels. */
  readonly paint: (segmentation: Result, segmenter: By) => void;
  /** After every painted frame; `segmenter` is the one that made it. */
  readonly onFrame: (timings: FrameTimings, segmentation: Result, segmenter: By) => void;
  /** The source failed while capturing; it has been taken out of the pump. */
  readonly onSourceProblem: (problem: Problem, source: FrameSource) => void;
  /** The segmenter failed on a frame; it has been taken out of the pump. `cause` is what it threw. */
  readonly onSegmenterProblem: (problem: Problem, segmenter: By, cause: unknown) => void;
  /** paint() or onFrame() threw. The pump goes on with the next frame, and tells once until a frame succeeds. */
  readonly onShowProblem: (problem: Problem) => void;
  /** There is another source or segmenter: frames counted from now on belong to it, and counting starts anew. */
  readonly onEpoch?: () => void;
}

export interface FramePump<By = Segmenter> {
  /** null = nothing to capture. Starts an epoch. */
  setSource(source: FrameSource | null): void;
  /** Starts an epoch. Resolves when the former segmenter has no frame in flight. */
  setSegmenter(segmenter: By | null): Promise<void>;
  /**
   * For a change that source and segmenter do not show: a pending capture is given up, and a frame already with the
   * segmenter is painted but not counted.
   */
  startEpoch(): void;
  /** Stops, and ends the epoch. Holds nest. Resolves when nothing is in flight. */
  hold(): Promise<void>;
  /** Undoes one hold(); the next counted frame is marked as the first after a gap. */
  release(): void;
  /** One frame under a hold, for measurements that must interleave something else; null when there is nothing to run. */
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
  /** Rises with every change and every hold: a frame that began before is not counted. */
  let epoch = 0;
  let closed = false;
  let showProblemTold = false;
  let captureAbort = new AbortController();
  const closing = new AbortController();
  let inFlight: Promise<FrameTimings | null> | null = null;
  let looping = false;

  async function runFrame(from: FrameSource, by: By): Promise<FrameTimings | null> {
    const { signal } = captureAbort;
    const epochAtStart = epoch;
    const asked = parts.now();
    const frame = await captureFrom(from, signal);
    if (frame === null) return null;
    const captured = parts.now();
    const segmentation = await segmentWith(by, frame);
    if (segmentation === null) return null;
    const segmented = parts.now();
    try {
      parts.paint(segmentation, by);
    } catch (error) {
      segmentation.frame.pixels.close();
      tellShowProblem(error);
      return null;
    }
    const painted = parts.now();
    if (epoch !== epochAtStart) return null;
    const timings: FrameTimings = {
      frameId: frame.id,
      stages: { ...segmentation.stages, capture: captured - asked, paint: painted - segmented },
      frameMs: painted - asked,
      waitMs: frame.waitMs,
      afterGap,
    };
    afterGap = false;
    try {
      parts.onFrame(timings, segmentation, by);
    } catch (error) {
      tellShowProblem(error);
      return null;
    }
    showProblemTold = false;
    return timings;
  }

  function tellShowProblem(error: unknown): void {
    if (showProblemTold || closed) return;
    showProblemTold = true;
    parts.onShowProblem(problemOf(error, (detail) => ({ kind: 'frame-not-shown', detail })));
  }

  async function captureFrom(from: FrameSource, signal: AbortSignal) {
    try {
      const frame = await from.capture(signal);
      if (!signal.aborted) return frame;
      frame.pixels.close();
    } catch (error) {
      if (signal.aborted) return null;
      if (source === from) source = null;
      parts.onSourceProblem(
        problemOf(error, (detail) => ({ kind: 'source-unreachable', what: from.label, detail })),
        from,
      );
    }
    return null;
  }

  async function segmentWith(by: By, frame: Frame<ImageBitmap>) {
    try {
      return await by.segment(frame, closing.signal);
    } catch (error) {
      if (closed) return null;
      if (segmenter === by) segmenter = null;
      parts.onSegmenterProblem(
        problemOf(error, (detail) => ({ kind: 'inference-failed', detail })),
        by,
        error,
      );
      return null;
    }
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
