import { describe, expect, test } from 'vitest';
import { STAGES, ZERO_TIMINGS } from './stage-timings.ts';
import type { FrameTimings } from './stage-timings.ts';
import { summarise } from './statistics.ts';
import { TimingWindow } from './timing-window.ts';

/** A frame whose inference took `inference` ms of `frameMs`. */
function frame(frameId: number, inference: number, change: Partial<FrameTimings> = {}): FrameTimings {
  return {
    frameId,
    stages: { ...ZERO_TIMINGS, inference },
    frameMs: inference,
    waitMs: 0,
    afterGap: false,
    ...change,
  };
}

describe('TimingWindow', () => {
  test('has a row for every stage in order, then wait and frame', () => {
    const window = new TimingWindow();
    expect(window.rows()).toEqual([]);
    window.push(frame(1, 10), 0);
    expect(window.rows().map(({ key }) => key)).toEqual([...STAGES, 'wait', 'frame']);
  });

  test('keeps each duration in its own row', () => {
    const window = new TimingWindow();
    const stages = {
      capture: 1,
      encode: 2,
      transport: 3,
      preprocess: 4,
      inference: 5,
      postprocess: 6,
      paint: 7,
    };
    window.push({ frameId: 9, stages, frameMs: 29, waitMs: 0.5, afterGap: true }, 0);
    expect(window.rows().map(({ median }) => median)).toEqual([1, 2, 3, 4, 5, 6, 7, 0.5, 29]);
    expect(window.recent(1)).toEqual([{ frameId: 9, stages, frameMs: 29, waitMs: 0.5, afterGap: true }]);
  });

  test('drops the oldest frames beyond its capacity', () => {
    const window = new TimingWindow(4);
    const durations = [100, 90, 5, 1, 4, 2];
    durations.forEach((ms, i) => window.push(frame(i, ms), i));
    const inference = window.rows().find(({ key }) => key === 'inference');
    expect(inference).toEqual({ key: 'inference', last: 2, ...summarise([5, 1, 4, 2]) });
    expect(window.length).toBe(4);
  });

  test('returns the recent frames oldest first, across the end of the ring', () => {
    const window = new TimingWindow(4);
    for (let id = 1; id <= 6; id++) window.push(frame(id, id), id);
    expect(window.recent(3).map(({ frameId }) => frameId)).toEqual([4, 5, 6]);
    expect(window.recent(100).map(({ frameId }) => frameId)).toEqual([3, 4, 5, 6]);
    expect(window.recent(0)).toEqual([]);
  });

  test('summarises itself with the model rate, and with no rate before the first frame', () => {
    const others = { sourcePerSecond: 30, skipped: 2, memory: null };
    const window = new TimingWindow();
    expect(window.snapshot(others).rates).toEqual({
      ...{ modelPerSecond: null, framesPerSecond: null },
      ...{ sourcePerSecond: 30, skipped: 2 },
    });
    for (let id = 1; id <= 200; id++) window.push(frame(id, 20), id * 50);
    const { rows, recent, rates, unaccounted01 } = window.snapshot(others);
    expect(rates).toMatchObject({ modelPerSecond: 50, framesPerSecond: 20 });
    expect([rows[0]?.n, recent.length, recent.at(-1)?.frameId, unaccounted01]).toEqual([200, 120, 200, 0]);
  });

  test('starts over after clear', () => {
    const window = new TimingWindow();
    window.push(frame(1, 10), 0);
    window.clear();
    expect(window.rows()).toEqual([]);
    expect(window.recent(5)).toEqual([]);
    expect(window.framesPerSecond()).toBeNull();
    window.push(frame(2, 20), 50);
    expect(window.rows()[0]?.n).toBe(1);
  });

  test('refuses to hold fewer than two frames', () => expect(() => new TimingWindow(1)).toThrow(RangeError));
});

describe('framesPerSecond', () => {
  test('counts intervals, not frames', () => {
    const window = new TimingWindow();
    window.push(frame(1, 1), 1000);
    expect(window.framesPerSecond()).toBeNull();
    window.push(frame(2, 1), 1100);
    window.push(frame(3, 1), 1200);
    expect(window.framesPerSecond()).toBeCloseTo(10, 9);
  });

  test('leaves out the time of a gap', () => {
    const window = new TimingWindow();
    window.push(frame(1, 1), 0);
    window.push(frame(2, 1), 100);
    window.push(frame(3, 1, { afterGap: true }), 2000);
    window.push(frame(4, 1), 2100);
    expect(window.framesPerSecond()).toBeCloseTo(10, 9);
  });

  test('ignores frames more than three seconds old', () => {
    const window = new TimingWindow();
    let now = 0;
    for (let id = 0; id < 50; id++) window.push(frame(id, 1), (now += 10));
    for (let id = 50; id < 60; id++) window.push(frame(id, 1), (now += 500));
    expect(window.framesPerSecond()).toBeCloseTo(2, 9);
  });

  test('is the rate of the last two frames of a very slow stream', () => {
    const window = new TimingWindow();
    window.push(frame(1, 1), 0);
    window.push(frame(2, 1), 1000);
    window.push(frame(3, 1), 21_000);
    expect(window.framesPerSecond()).toBeCloseTo(0.05, 9);
  });

  test('uses only frames that are still in the window', () => {
    const window = new TimingWindow(3);
    [0, 1, 2, 3, 103, 203].forEach((at, id) => window.push(frame(id, 1), at));
    expect(window.framesPerSecond()).toBeCloseTo(10, 9);
  });
});

describe('unaccounted01', () =>
  test('is the median share that no stage explains', () => {
    const window = new TimingWindow();
    expect(window.unaccounted01()).toBe(0);
    window.push(frame(1, 90, { frameMs: 100 }), 0);
    window.push(frame(2, 50, { frameMs: 100 }), 1);
    window.push(frame(3, 80, { frameMs: 100 }), 2);
    expect(window.unaccounted01()).toBeCloseTo(0.2, 12);
  }));
