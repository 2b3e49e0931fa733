import { describe, expect, test } from 'vitest';
import type { FrameSource } from '../capture/frame-source.ts';
import type { Frame } from '../domain/frame.ts';
import { ProblemError, type Problem } from '../domain/problems/problem.ts';
import { sumOfStages, type FrameTimings } from '../domain/measuring/stage-timings.ts';
import type { Segmentation, Segmenter } from '../segmentation/segmenter.ts';
import { createFramePump } from './frame-pump.ts';

/** A clock that only moves when told to. */
function testClock() {
  let time = 0;
  return { now: () => time, advance: (ms: number) => (time += ms) };
}
type Clock = ReturnType<typeof testClock>;

function testSource(clock: Clock, options: { captureMs?: number; failAt?: number; never?: boolean } = {}) {
  let id = 0;
  let open = 0;
  const pixels = () => {
    open++;
    let closed = false;
    const close = () => {
      if (!closed) open--;
      closed = true;
    };
    return { close } as unknown as ImageBitmap;
  };
  const source: FrameSource = {
    label: 'test',
    width: 4,
    height: 3,
    moving: true,
    mirrorByDefault: false,
    capture: async (signal): Promise<Frame<ImageBitmap>> => {
      if (options.never === true) {
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      }
      await Promise.resolve();
      id++;
      clock.advance(options.captureMs ?? 2);
      if (id === options.failAt) throw new ProblemError({ kind: 'camera-ended', label: 'test' });
      return { id, width: 4, height: 3, pixels: pixels(), waitMs: 1 };
    },
    counters: () => ({ unique: id, skipped: 0 }),
    onEnd: () => undefined,
    close: () => undefined,
  };
  return { source, openPixels: () => open };
}

function testSegmenter(
  clock: Clock,
  options: { failAt?: number; gate?: Promise<void>; inferenceMs?: number } = {},
) {
  let concurrent = 0;
  let mostConcurrent = 0;
  let calls = 0;
  const segmenter = {
    description: { modelId: 'test' },
    segment: async (frame: Frame<ImageBitmap>): Promise<Segmentation> => {
      calls++;
      mostConcurrent = Math.max(mostConcurrent, ++concurrent);
      await (options.gate ?? Promise.resolve());
      concurrent--;
      const { inferenceMs = 6 } = options;
      clock.advance(inferenceMs + 4);
      if (calls === options.failAt) {
        frame.pixels.close();
        throw new ProblemError({ kind: 'context-lost', backend: 'webgl' });
      }
      return {
        labelMap: { width: 4, height: 3, labels: new Uint8Array(12) },
        frame,
        stages: { encode: 0, transport: 1, preprocess: 2, inference: inferenceMs, postprocess: 1 },
        memory: { tensors: 0, bytes: 0 },
      };
    },
  } as unknown as Segmenter;
  return { segmenter, mostConcurrent: () => mostConcurrent, calls: () => calls };
}

/** @param trouble called when a frame is painted and when it is counted; may throw */
function testPump(clock: Clock, trouble: (when: 'paint' | 'count') => void = () => undefined) {
  const frames: FrameTimings[] = [];
  const paintedBy: Segmenter[] = [];
  const problems: Problem[] = [];
  let epochs = 0;
  let waiting: { count: number; done: () => void } | null = null;
  const pump = createFramePump<Segmenter>({
    now: clock.now,
    paint: (segmentation, by) => {
      paintedBy.push(by);
      trouble('paint');
      clock.advance(3);
      segmentation.frame.pixels.close();
    },
    onFrame: (timings) => {
      trouble('count');
      frames.push(timings);
      if (waiting !== null && frames.length >= waiting.count) waiting.done();
    },
    onSourceProblem: (problem) => problems.push(problem),
    onSegmenterProblem: (problem) => problems.push(problem),
    onShowProblem: (problem) => problems.push(problem),
    onEpoch: () => epochs++,
  });
  const framesReach = (count: number) =>
    new Promise<void>((done) => {
      waiting = { count, done };
      if (frames.length >= count) done();
    });
  return { pump, frames, paintedBy, problems, framesReach, epochs: () => epochs };
}

/** Every promise that waits for nothing else has run by then, and so have the doubles, which have no timers. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

describe('FramePump', () => {
  test('accounts for every millisecond from asking to painted', async () => {
    const clock = testClock();
    const { pump, frames, framesReach } = testPump(clock);
    pump.setSource(testSource(clock).source);
    await pump.setSegmenter(testSegmenter(clock).segmenter);
    await framesReach(3);
    pump.close();
    expect(frames[1]).toMatchObject({
      frameMs: 15,
      waitMs: 1,
      stages: { capture: 2, inference: 6, paint: 3 },
    });
    for (const frame of frames) expect(sumOfStages(frame.stages)).toBe(frame.frameMs);
  });

  test('has one frame in flight at most', async () => {
    const clock = testClock();
    const { pump, framesReach } = testPump(clock);
    const double = testSegmenter(clock);
    pump.setSource(testSource(clock).source);
    await pump.setSegmenter(double.segmenter);
    await framesReach(10);
    pump.close();
    expect(double.mostConcurrent()).toBe(1);
  });

  test('closes the pixels of every frame, also when it ends', async () => {
    const clock = testClock();
    const { pump, framesReach } = testPump(clock);
    const source = testSource(clock);
    pump.setSource(source.source);
    await pump.setSegmenter(testSegmenter(clock).segmenter);
    await framesReach(5);
    pump.close();
    await nextTask();
    expect(source.openPixels()).toBe(0);
  });

  test('a switch of the segmenter waits for the frame in flight', async () => {
    const clock = testClock();
    const { pump, frames, framesReach } = testPump(clock);
    const first = testSegmenter(clock);
    const second = testSegmenter(clock);
    pump.setSource(testSource(clock).source);
    await pump.setSegmenter(first.segmenter);
    await framesReach(3);
    await pump.setSegmenter(second.segmenter);
    const callsOfFirst = first.calls();
    await framesReach(frames.length + 3);
    pump.close();
    expect(first.calls()).toBe(callsOfFirst);
    expect(second.calls()).toBeGreaterThan(0);
  });

  test("after a switch from a fast segmenter to a slow one, the first counted frame is the slow one's", async () => {
    const clock = testClock();
    const { pump, frames, paintedBy, framesReach } = testPump(clock);
    let open: () => void = () => undefined;
    const fast = testSegmenter(clock, { gate: new Promise((resolve) => (open = resolve)), inferenceMs: 1 });
    pump.setSource(testSource(clock).source);
    await pump.setSegmenter(fast.segmenter);
    await expect.poll(fast.calls).toBe(1);
    const slow = testSegmenter(clock, { inferenceMs: 500 });
    const switched = pump.setSegmenter(slow.segmenter);
    open();
    await switched;
    await framesReach(2);
    pump.close();
    expect(frames.map(({ stages }) => stages.inference).slice(0, 2)).toEqual([500, 500]);
    expect(frames[0]?.afterGap).toBe(true);
    expect(paintedBy[0]).toBe(fast.segmenter);
  });

  test('a change that only its owner knows of leaves the frame in flight uncounted', async () => {
    const clock = testClock();
    const { pump, frames, framesReach } = testPump(clock);
    let open: () => void = () => undefined;
    const { segmenter, calls } = testSegmenter(clock, { gate: new Promise((resolve) => (open = resolve)) });
    pump.setSource(testSource(clock).source);
    await pump.setSegmenter(segmenter);
    await expect.poll(calls).toBe(1);
    pump.startEpoch();
    open();
    await framesReach(1);
    pump.close();
    expect(frames[0]).toMatchObject({ frameId: 2, afterGap: true });
  });

  test('a new source, segmenter or other change starts an epoch; taking one out or holding does not', async () => {
    const clock = testClock();
    const { pump, epochs } = testPump(clock);
    pump.setSource(testSource(clock, { never: true }).source);
    await pump.setSegmenter(testSegmenter(clock).segmenter);
    pump.startEpoch();
    expect(epochs()).toBe(3);
    await pump.hold();
    pump.setSource(null);
    await pump.setSegmenter(null);
    expect(epochs()).toBe(3);
    pump.close();
  });

  test('a hold gives up a pending capture, and the first frame after it is marked as after a gap', async () => {
    const clock = testClock();
    const { pump, frames, framesReach } = testPump(clock);
    pump.setSource(testSource(clock, { never: true }).source);
    await pump.setSegmenter(testSegmenter(clock).segmenter);
    await pump.hold();
    pump.setSource(testSource(clock).source);
    await nextTask();
    expect(frames).toHaveLength(0);
    pump.release();
    await framesReach(2);
    pump.close();
    expect(frames.map((frame) => frame.afterGap).slice(0, 2)).toEqual([true, false]);
  });

  test('a frame that was in flight when the hold began is painted but not counted', async () => {
    const clock = testClock();
    const { pump, frames } = testPump(clock);
    let open: () => void = () => undefined;
    const source = testSource(clock);
    pump.setSource(source.source);
    const double = testSegmenter(clock, { gate: new Promise((resolve) => (open = resolve)) });
    await pump.setSegmenter(double.segmenter);
    await expect.poll(double.calls).toBe(1);
    const held = pump.hold();
    open();
    await held;
    expect(frames).toHaveLength(0);
    expect(source.openPixels()).toBe(0);
    pump.close();
  });

  test('under a hold, step() runs exactly one frame', async () => {
    const clock = testClock();
    const { pump, frames } = testPump(clock);
    await pump.hold();
    pump.setSource(testSource(clock).source);
    await pump.setSegmenter(testSegmenter(clock).segmenter);
    expect(await pump.step()).toMatchObject({ frameMs: 15 });
    expect(frames).toHaveLength(1);
    pump.close();
  });

  test('a source that fails is reported once and taken out; the segmenter stays', async () => {
    const clock = testClock();
    const { pump, problems, frames, framesReach } = testPump(clock);
    pump.setSource(testSource(clock, { failAt: 3 }).source);
    await pump.setSegmenter(testSegmenter(clock).segmenter);
    await framesReach(2);
    await expect.poll(() => problems).toEqual([{ kind: 'camera-ended', label: 'test' }]);
    pump.setSource(testSource(clock).source);
    await framesReach(frames.length + 2);
    expect(problems).toHaveLength(1);
    pump.close();
  });

  test.each(['paint', 'count'] as const)(
    'an exception while a frame is shown (%s) is told once, and the pump goes on',
    async (failing) => {
      const clock = testClock();
      let failures = 0;
      const { pump, problems, frames, framesReach } = testPump(clock, (when) => {
        if (when === failing && frames.length === 2 && ++failures <= 3) throw new Error('no canvas');
      });
      const source = testSource(clock);
      pump.setSource(source.source);
      await pump.setSegmenter(testSegmenter(clock).segmenter);
      await framesReach(4);
      await pump.hold();
      expect(failures).toBe(4);
      expect(problems).toEqual([{ kind: 'frame-not-shown', detail: 'no canvas' }]);
      expect(source.openPixels()).toBe(0);
      pump.close();
    },
  );

  test('a segmenter that fails is reported once and taken out', async () => {
    const clock = testClock();
    const { pump, problems } = testPump(clock);
    const source = testSource(clock);
    pump.setSource(source.source);
    await pump.setSegmenter(testSegmenter(clock, { failAt: 2 }).segmenter);
    await expect.poll(() => problems).toEqual([{ kind: 'context-lost', backend: 'webgl' }]);
    await nextTask();
    pump.close();
    expect(problems).toHaveLength(1);
    expect(source.openPixels()).toBe(0);
  });
});
