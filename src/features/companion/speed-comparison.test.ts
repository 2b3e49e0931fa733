import { expect, test } from 'vitest';
import { ZERO_TIMINGS } from '../../domain/measuring/stage-timings.ts';
import { createSpeedWatch, pairedFactor, segmentationMs, unpairedFactor } from './speed-comparison.ts';

const stages = (inference: number, transport = 0) => ({ ...ZERO_TIMINGS, inference, transport });

test('excludes capture and paint from the comparison', () => {
  const all = {
    capture: 100,
    encode: 1,
    transport: 2,
    preprocess: 3,
    inference: 4,
    postprocess: 5,
    paint: 100,
  };
  expect(segmentationMs(all)).toBe(15);
});

test('gives no result for fewer than ten frames from either side', () => {
  const watch = createSpeedWatch();
  for (let i = 0; i < 20; i++) watch.pushBrowser(stages(10));
  for (let i = 0; i < 9; i++) watch.pushAgent(stages(10));
  expect(watch.reading(true)).toBeNull();
  watch.pushAgent(stages(10));
  expect(watch.reading(true)).toMatchObject({ frames: 10, inference: { value: 1, faster: 'neither' } });
});

test('divides browser time by agent time, for inference alone and for the whole segmentation', () => {
  const watch = createSpeedWatch();
  for (let i = 0; i < 20; i++) {
    watch.pushBrowser(stages(40));
    watch.pushAgent(stages(10, 70));
  }
  expect(watch.reading(true)).toEqual({
    paired: true,
    frames: 20,
    segmentation: { value: 0.5, low: 0.5, high: 0.5, faster: 'browser' },
    inference: { value: 4, low: 4, high: 4, faster: 'agent' },
  });
});

test('cancels a slowdown that affects both sides with pairs, but not with medians of two streams', () => {
  const load = Array.from({ length: 30 }, (_, i) => 10 + (i % 10) * 10);
  const browser = load.map((ms) => 1.2 * ms);
  const paired = pairedFactor(browser, load);
  const unpaired = unpairedFactor(browser, load);
  expect(paired.faster).toBe('agent');
  expect(paired.high - paired.low).toBeLessThan(0.001);
  expect(unpaired.faster).toBe('neither');
  expect(unpaired.low).toBeLessThan(1);
  expect(unpaired.high).toBeGreaterThan(1.2);
});

test('pairs the newest frames when one side is one frame ahead', () =>
  expect(pairedFactor([999, 20, 20], [10, 10]).value).toBe(2));
