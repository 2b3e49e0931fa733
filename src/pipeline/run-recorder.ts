/** Records one run: warm-up frames, then counted frames until the target is reached or something ends it. */
import type { FrameSource } from '../capture/frame-source.ts';
import { describeProblem, type Problem } from '../domain/problems/problem.ts';
import type { RunColumns, RunEvents, RunRecord, RunTarget } from '../domain/measuring/run.ts';
import type { Segmentation, Segmenter, SegmenterMemory } from '../segmentation/segmenter.ts';
import { createColumnRecorder } from './column-recorder.ts';
import { createFramePump } from './frame-pump.ts';

export interface RecorderParts {
  /** ms, monotonic. */
  readonly now: () => number;
  readonly source: FrameSource;
  readonly segmenter: Segmenter<unknown>;
  /** Draws and takes over the segmented frame's pixels. */
  readonly paint: (segmentation: Segmentation) => void;
  /** Tells whenever the page becomes hidden, at once when it is; the answer stops the watch. */
  readonly watchHidden: (onHidden: () => void) => () => void;
}

export interface RecordingProgress {
  readonly phase: 'warm-up' | 'measuring';
  /** Frames so far, those of the warm-up included. */
  readonly frames: number;
  /** Counted frames so far, and seconds since the first of them was asked for. */
  readonly counted: number;
  readonly seconds: number;
}

export interface Recording {
  readonly columns: RunColumns;
  readonly sourcePictures: RunRecord['sourcePictures'];
  readonly events: Pick<RunEvents, 'hidden' | 'contextLost' | 'endedEarly'>;
  /** Why it ended before its target, where something failed. */
  readonly problem: Problem | null;
  /** After the last counted frame; null where there was none. */
  readonly memoryAfter: SegmenterMemory | null;
}

export interface RunRecorder {
  /** Cheap; to be asked as seldom as somebody looks. */
  progress(): RecordingProgress;
  /** Never rejects. Nothing is in flight any more, and source and segmenter stay the caller's. */
  readonly finished: Promise<Recording>;
}

/** To stand inside a sentence, as every reason for an early end. */
const CANCELLED = 'cancelled by the person';

/** @param signal aborting ends the run after the frame in flight; what was measured is kept */
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
    end(describeProblem(problem).sentence.replace(/\.$/, ''), problem);
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
    // A picture that is on show counts as skipped only once the next one came: the difference may be -1.
    return {
      unique: Math.max(0, unique - countersBefore.unique),
      skipped: Math.max(0, skipped - countersBefore.skipped),
    };
  }

  segmenter.onDeath(fail);
  source.onEnd(fail);
  signal.addEventListener('abort', cancel);
  if (signal.aborted) end(CANCELLED, null);
  // Where it has ended by now, the pump is held and will capture nothing.
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
