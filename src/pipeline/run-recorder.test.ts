import { describe, expect, test } from 'vitest';
import type { FrameSource } from '../capture/frame-source.ts';
import { ProblemError, type Problem } from '../domain/problems/problem.ts';
import type { RunTarget } from '../domain/measuring/run.ts';
import { STAGES } from '../domain/measuring/stage-timings.ts';
import type { Segmenter } from '../segmentation/segmenter.ts';
import { startRun, type RecorderParts, type RunRecorder } from './run-recorder.ts';

/** 2 ms capture (1 of them waiting), 10 ms segmenting, 3 ms paint: 15 ms per frame, on its own clock. */
function setUp(
  options: { segmentFails?: { at: number; problem: Problem }; moving?: boolean; gate?: Promise<void> } = {},
) {
  let time = 1000;
  let captured = 0;
  let open = 0;
  let tellDeath: (problem: Problem) => void = () => undefined;
  let tellEnd: (problem: Problem) => void = () => undefined;
  let tellHidden: () => void = () => undefined;
  let watching = true;
  let inFlight = 0;
  const source: FrameSource = {
    label: 'test',
    width: 4,
    height: 3,
    moving: options.moving ?? true,
    mirrorByDefault: false,
    capture: async (signal) => {
      // The event loop needs a turn now and then, or the tests' own timers would never run.
      await (captured % 20 === 19 ? new Promise((resolve) => setTimeout(resolve, 0)) : Promise.resolve());
      signal.throwIfAborted();
      time += 2;
      open++;
      let closed = false;
      const close = () => {
        if (!closed) open--;
        closed = true;
      };
      return { id: ++captured, width: 4, height: 3, pixels: { close } as ImageBitmap, waitMs: 1 };
    },
    // Every second picture is skipped.
    counters: () => ({ unique: 2 * captured, skipped: captured }),
    onEnd: (listener) => (tellEnd = listener),
    close: () => undefined,
  };
  const segmenter = {
    segment: async (frame) => {
      inFlight++;
      await options.gate;
      await Promise.resolve();
      inFlight--;
      time += 10;
      if (frame.id === options.segmentFails?.at) {
        frame.pixels.close();
        throw new ProblemError(options.segmentFails.problem);
      }
      return {
        labelMap: { width: 4, height: 3, labels: new Uint8Array(12) },
        frame,
        stages: { encode: 0, transport: 1, preprocess: 2, inference: 6, postprocess: 1 },
        memory: { tensors: 7, bytes: 70 + frame.id },
      };
    },
    onDeath: (listener) => (tellDeath = listener),
  } as Partial<Segmenter> as Segmenter;
  const parts: RecorderParts = {
    now: () => time,
    source,
    segmenter,
    paint: ({ frame }) => {
      time += 3;
      frame.pixels.close();
    },
    watchHidden: (onHidden) => {
      tellHidden = onHidden;
      return () => (watching = false);
    },
  };
  return {
    parts,
    die: (problem: Problem) => tellDeath(problem),
    endSource: (problem: Problem) => tellEnd(problem),
    hide: () => tellHidden(),
    watching: () => watching,
    inFlight: () => inFlight,
    openPixels: () => open,
    captured: () => captured,
  };
}

const target = (change: Partial<RunTarget> = {}): RunTarget => ({
  frames: 5,
  seconds: 0,
  warmUpFrames: 2,
  ...change,
});
const forever = target({ frames: 1_000_000 });
const unheard = () => new AbortController().signal;
/** Resolves after the warm-up and several counted frames. */
const measuring = (run: RunRecorder) => expect.poll(() => run.progress().counted).toBeGreaterThan(0);

describe('a run', () => {
  test('counts its target of frames after the warm-up, and no more', async () => {
    const { parts, captured, openPixels } = setUp();
    const { columns, events, problem, memoryAfter } = await startRun(parts, target(), unheard()).finished;
    expect(columns.frame).toEqual([15, 15, 15, 15, 15]);
    expect(columns.at).toEqual([15, 30, 45, 60, 75]);
    expect(columns.wait).toEqual([1, 1, 1, 1, 1]);
    for (const stage of STAGES) expect(columns[stage]).toHaveLength(5);
    expect(columns.inference[0]).toBe(6);
    expect(events).toEqual({ hidden: 0, contextLost: false, endedEarly: null });
    expect(problem).toBeNull();
    expect(memoryAfter).toEqual({ tensors: 7, bytes: 77 });
    expect(captured()).toBe(7);
    expect(openPixels()).toBe(0);
  });

  test('lasts until it reaches both its frames and its seconds', async () => {
    const { columns } = await startRun(setUp().parts, target({ seconds: 0.15 }), unheard()).finished;
    expect(columns.at.at(-1)).toBe(150);
    const { columns: more } = await startRun(setUp().parts, target({ frames: 20, seconds: 0.15 }), unheard())
      .finished;
    expect(more.frame).toHaveLength(20);
  });

  test('keeps every frame if it lasts longer than planned', async () => {
    const { columns } = await startRun(setUp().parts, target({ frames: 1, seconds: 45 }), unheard()).finished;
    expect(columns.at).toHaveLength(3000);
    expect(columns.at[2000]).toBe(2001 * 15);
  });

  test('counts from the first frame if it has no warm-up', async () => {
    const { columns } = await startRun(setUp().parts, target({ warmUpFrames: 0 }), unheard()).finished;
    expect(columns.at).toEqual([15, 30, 45, 60, 75]);
  });

  test('counts the source pictures since the warm-up, and none for a still picture', async () => {
    const moving = await startRun(setUp().parts, target(), unheard()).finished;
    expect(moving.sourcePictures).toEqual({ unique: 10, skipped: 5 });
    const still = await startRun(setUp({ moving: false }).parts, target(), unheard()).finished;
    expect(still.sourcePictures).toBeNull();
  });

  test('keeps its measurements when it is cancelled, says so, and has nothing in flight', async () => {
    const double = setUp();
    const controller = new AbortController();
    const run = startRun(double.parts, forever, controller.signal);
    await measuring(run);
    controller.abort();
    const { columns, events, problem } = await run.finished;
    expect(columns.frame.length).toBeGreaterThan(0);
    expect(columns.at).toHaveLength(columns.frame.length);
    expect(events.endedEarly).toBe('Cancelled.');
    expect(problem).toBeNull();
    expect([double.inFlight(), double.openPixels()]).toEqual([0, 0]);
    const before = double.captured();
    // The source delivers twenty frames between two timers, so one more capture would show.
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    expect(double.captured()).toBe(before);
  });

  test('waits for the frame that is with the segmenter when it is cancelled, and does not count it', async () => {
    let open: () => void = () => undefined;
    const double = setUp({ gate: new Promise((resolve) => (open = resolve)) });
    const controller = new AbortController();
    const run = startRun(double.parts, target({ warmUpFrames: 0 }), controller.signal);
    await expect.poll(double.inFlight).toBe(1);
    controller.abort();
    expect(double.inFlight()).toBe(1);
    open();
    expect((await run.finished).columns.frame).toEqual([]);
    expect([double.inFlight(), double.openPixels()]).toEqual([0, 0]);
  });

  test('captures nothing if it was cancelled before it began', async () => {
    const { parts, captured } = setUp();
    const { columns, memoryAfter } = await startRun(parts, target(), AbortSignal.abort()).finished;
    expect(columns.frame).toEqual([]);
    expect(memoryAfter).toBeNull();
    expect(captured()).toBe(0);
  });

  test('marks a lost context and keeps the earlier frames', async () => {
    const problem: Problem = { kind: 'context-lost', backend: 'webgl' };
    const { parts } = setUp({ segmentFails: { at: 6, problem } });
    const recording = await startRun(parts, target(), unheard()).finished;
    expect(recording.columns.frame).toHaveLength(3);
    expect(recording.problem).toEqual(problem);
    expect(recording.events).toEqual({
      hidden: 0,
      contextLost: true,
      endedEarly: 'The graphics device lost the webgl context.',
    });
  });

  test('ends if the segmenter dies between two frames', async () => {
    const { parts, die } = setUp();
    const run = startRun(parts, forever, unheard());
    await measuring(run);
    die({ kind: 'worker-crashed', detail: 'test' });
    const { events, columns } = await run.finished;
    expect(events.endedEarly).toBe('The worker stopped unexpectedly (test).');
    expect(columns.frame.length).toBeGreaterThan(0);
  });

  test('keeps its measurements if the source ends early, and says so', async () => {
    const { parts, endSource } = setUp();
    const run = startRun(parts, forever, unheard());
    await measuring(run);
    endSource({ kind: 'camera-ended', label: 'HD' });
    const { events, columns } = await run.finished;
    expect(events.endedEarly).toBe('The camera "HD" stopped sending pictures.');
    expect(columns.frame.length).toBeGreaterThan(0);
  });

  test('ends and says why if it cannot paint', async () => {
    const { parts } = setUp();
    const paint = () => {
      throw new Error('no canvas');
    };
    const { events } = await startRun({ ...parts, paint }, target(), unheard()).finished;
    expect(events.endedEarly).toContain('no canvas');
  });

  test('counts how often the page was hidden, continues, and stops watching at its end', async () => {
    const { parts, hide, watching } = setUp();
    const controller = new AbortController();
    const run = startRun(parts, forever, controller.signal);
    hide();
    await measuring(run);
    hide();
    controller.abort();
    expect((await run.finished).events.hidden).toBe(2);
    expect(watching()).toBe(false);
  });

  test('reports its progress', async () => {
    const { parts } = setUp();
    const controller = new AbortController();
    const run = startRun(parts, forever, controller.signal);
    expect(run.progress()).toEqual({ phase: 'warm-up', frames: 0, counted: 0, seconds: 0 });
    await measuring(run);
    const { phase, frames, counted, seconds } = run.progress();
    expect(phase).toBe('measuring');
    expect(frames).toBe(counted + 2);
    expect(seconds).toBeCloseTo(counted * 0.015, 9);
    controller.abort();
    await run.finished;
  });
});
