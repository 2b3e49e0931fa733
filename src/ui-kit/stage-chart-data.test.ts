import { expect, test } from 'vitest';
import { ZERO_TIMINGS, type FrameTimings, type StageTimings } from '../domain/measuring/stage-timings.ts';
import { CHART_FRAMES, ceilingOf, highestFrameMs, stageShapes, steadyCeiling } from './stage-chart-data.ts';

const frame = (stages: Partial<StageTimings>, afterGap = false): FrameTimings => ({
  frameId: 1,
  stages: { ...ZERO_TIMINGS, ...stages },
  frameMs: 100,
  waitMs: 0,
  afterGap,
});
/** One px per column, one px per ms. */
const box = { x: 0, y: 0, width: CHART_FRAMES, height: 100 };

test('the newest frame is at the right edge, however few there are', () => {
  const { paths } = stageShapes([frame({ inference: 20 }), frame({ inference: 30 })], box, 100);
  expect(paths.inference).toBe('M118 100V80H119V70H120V100H119V100H118Z');
});

test('a stage is stacked on the stages before it', () => {
  const { paths } = stageShapes([frame({ capture: 10, inference: 20, paint: 5 })], box, 100);
  expect(paths.capture).toBe('M119 100V90H120V100H119Z');
  expect(paths.inference).toBe('M119 90V70H120V90H119Z');
  expect(paths.paint).toBe('M119 70V65H120V70H119Z');
});

test('draws nothing for a stage that took no time', () =>
  expect(stageShapes([frame({ inference: 20 })], box, 100).paths.encode).toBe(''));

test('draws only the last frames', () => {
  const frames = Array.from({ length: 200 }, (_, index) => frame({ inference: index < 80 ? 90 : 10 }));
  expect(stageShapes(frames, box, 100).paths.inference).toMatch(/^M0 100V90H1/);
  expect(highestFrameMs(frames)).toBe(10);
});

test('marks a gap between two frames, never before the first', () => {
  const frames = [frame({ paint: 1 }, true), frame({ paint: 1 }), frame({ paint: 1 }, true)];
  expect(stageShapes(frames, box, 100).gaps).toEqual([119]);
});

test('the scale fits the sum of the stages of the slowest frame', () => {
  expect(highestFrameMs([frame({ inference: 20, paint: 2 }), frame({ inference: 39, paint: 2 })])).toBe(41);
  expect(highestFrameMs([])).toBe(0);
});

test('the scale has few steps, each with a round half', () =>
  expect([0, 1, 9, 38, 61, 99, 100, 713].map(ceilingOf)).toEqual([10, 1, 10, 40, 80, 100, 100, 800]));

test('the scale grows at once and shrinks only when much of it would stay empty', () => {
  expect(steadyCeiling(60, 61)).toBe(80);
  expect(steadyCeiling(80, 59)).toBe(80);
  expect(steadyCeiling(80, 47)).toBe(60);
});
