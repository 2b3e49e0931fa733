/** Records one run: warm-up frames, then counted frames until it reaches the target or something ends it. */
import type { FrameSource } from '../capture/frame-source.ts';
import { COLUMN_NAMES } from '../domain/measuring/run-columns.ts';
import type { RunColumns, RunEvents, RunRecord, RunTarget } from '../domain/measuring/run.ts';
import { STAGES, type FrameTimings } from '../domain/measuring/stage-timings.ts';
import { describeProblem, type Problem } from '../domain/problems/problem.ts';
import type { Segmentation, Segmenter, SegmenterMemory } from '../segmentation/segmenter.ts';
import { createFramePump } from './frame-pump.ts';

export interface RecorderParts {
  /** ms, monotonic. */
  readonly now: () => number;
  readonly source: FrameSource;
  readonly segmenter: Segmenter<unknown>;
  /** Draws the segmented frame and takes over its pixels. */
  readonly paint: (segmentation: Segmentation) => void;
  /** Calls back whenever the page becomes hidden, or at once if it already is. The returned function stops the watch. */
  readonly watchHidden: (onHidden: () => void) => () => void;
}

export interface RecordingProgress {
  readonly phase: 'warm-up' | 'measuring';
  /** Frames so far, including the warm-up. */
  readonly frames: number;
  /** Counted frames so far, and seconds since the first of them was requested. */
  readonly counted: number;
  readonly seconds: number;
}

export interface Recording {
  readonly columns: RunColumns;
  readonly sourcePictures: RunRecord['sourcePictures'];
  readonly events: Pick<RunEvents, 'hidden' | 'contextLost' | 'endedEarly'>;
  /** The failure that ended it before its target; null if nothing failed. */
  readonly problem: Problem | null;
  /** After the last counted frame; null if there was none. */
  readonly memoryAfter: SegmenterMemory | null;
}

export interface RunRecorder {
  /** Cheap. Call it only as often as the progress is displayed. */
  progress(): RecordingProgress;
  /** Never rejects. When it resolves, nothing is in flight; source and segmenter still belong to the caller. */
  readonly finished: Promise<Recording>;
}

/** A full sentence, like every reason for an early end. */
const CANCELLED = 'Cancelled.';

/** @param signal aborting ends the run after the frame in flight and keeps the measurements */
export function startRun(parts: RecorderParts, target: RunTarget, signal: AbortSignal): RunRecorder {
  const { now, source, segmenter } = parts;
  const columns = createColumnRecorder(target.frames);
  let warmUpLeft = target.warmUpFrames;
  let startedAt = 0;
  let lastAt = 0;
  let hidden = 0;
  let memoryAfter: SegmenterMemory | null = null;
  let countersBefore = source.counters();
  let ended = false;
  let finish: (recording: Recording) => void = () => undefined;
  const finished = new Promise<Recording>((resolve) => (finish = resolve));

  const pump = createFramePump<Segmenter<unknown>>({
    now,
    paint: (segmentation) => parts.paint(segmentation),
    onFrame(timings, segmentation) {
      if (ended) return;
      if (warmUpLeft > 0) {
        warmUpLeft--;
        countersBefore = source.counters();
        return;
      }
      const painted = now();
      if (columns.length === 0) startedAt = painted - timings.frameMs;
      lastAt = painted - startedAt;
      columns.push(timings, lastAt);
      memoryAfter = segmentation.memory;
      if (columns.length >= target.frames && lastAt >= target.seconds * 1000) end(null, null);
    },
    onSourceProblem: fail,
    onSegmenterProblem: fail,
    onShowProblem: fail,
  });

  const stopWatching = parts.watchHidden(() => {
    hidden++;
  });
  const cancel = () => end(CANCELLED, null);

  function fail(problem: Problem): void {
    end(describeProblem(problem).sentence, problem);
  }

  function end(endedEarly: string | null, problem: Problem | null): void {
    if (ended) return;
    ended = true;
    stopWatching();
    signal.removeEventListener('abort', cancel);
    const sourcePictures = source.moving ? passed() : null;
    const contextLost = problem?.kind === 'context-lost';
    void pump.hold().then(() => {
      pump.close();
      const events = { hidden, contextLost, endedEarly };
      finish({ columns: columns.columns(), sourcePictures, events, problem, memoryAfter });
    });
  }

  function passed() {
    const { unique, skipped } = source.counters();
    // The picture on display counts as skipped only once the next one has arrived, so the difference may be -1.
    return {
      unique: Math.max(0, unique - countersBefore.unique),
      skipped: Math.max(0, skipped - countersBefore.skipped),
    };
  }

  segmenter.onDeath(fail);
  source.onEnd(fail);
  signal.addEventListener('abort', cancel);
  if (signal.aborted) end(CANCELLED, null);
  // If the run has already ended, the pump is held and captures nothing.
  pump.setSource(source);
  void pump.setSegmenter(segmenter);

  return {
    finished,
    progress: () => ({
      phase: warmUpLeft > 0 ? 'warm-up' : 'measuring',
      frames: target.warmUpFrames - warmUpLeft + columns.length,
      counted: columns.length,
      seconds: lastAt / 1000,
    }),
  };
}

/** Runs that are longer than planned (because of the target in seconds, not frames) grow by this many frames at a time. */
const CHUNK_FRAMES = 1024;
/** A page's clock ticks every 5 us at best, so digits below 0.1 us are floating-point noise. */
const STEPS_PER_MS = 1e4;

interface ColumnRecorder {
  readonly length: number;
  /** @param at ms since the first counted frame was requested */
  push(timings: FrameTimings, at: number): void;
  /** Copies, rounded to 0.1 us. */
  columns(): RunColumns;
}

/** @param expectedFrames space for this many frames is allocated at once */
function createColumnRecorder(expectedFrames: number): ColumnRecorder {
  let capacity = Math.max(1, expectedFrames);
  let length = 0;
  let store = COLUMN_NAMES.map(() => new Float64Array(capacity));

  function grow(): void {
    capacity += CHUNK_FRAMES;
    store = store.map((old) => {
      const larger = new Float64Array(capacity);
      larger.set(old);
      return larger;
    });
  }

  function put(column: number, value: number): void {
    (store[column] as Float64Array)[length] = value;
  }

  return {
    get length() {
      return length;
    },
    push({ stages, frameMs, waitMs }, at) {
      if (length === capacity) grow();
      for (let i = 0; i < STAGES.length; i++) put(i, stages[STAGES[i] as (typeof STAGES)[number]]);
      put(STAGES.length, waitMs);
      put(STAGES.length + 1, frameMs);
      put(STAGES.length + 2, at);
      length++;
    },
    columns() {
      const copies = {} as Record<keyof RunColumns, readonly number[]>;
      COLUMN_NAMES.forEach((key, column) => {
        const values = Array.from((store[column] as Float64Array).subarray(0, length));
        copies[key] = values.map((value) => Math.round(value * STEPS_PER_MS) / STEPS_PER_MS);
      });
      return copies;
    },
  };
}
