import { describe, expect, test } from 'vitest';
import { createFlickerMeter } from './label-flicker.ts';
import type { LabelMap } from './label-map.ts';
import type { PictureSignature } from './picture-signature.ts';

const labels = (...values: number[]): LabelMap => ({
  width: values.length,
  height: 1,
  labels: Uint8Array.from(values),
});
const scene = (level: number): PictureSignature => new Float32Array(768).fill(level);

const CALM = labels(0, 0, 15, 15);
/** One of four pixels differs from CALM. */
const RESTLESS = labels(0, 0, 0, 15);

describe('flicker', () => {
  test('is label changes per pixel and second: a quarter of the pixels at 10 frames/s is 2.5', () => {
    const meter = createFlickerMeter();
    for (let i = 0; i <= 20; i++) meter.push(i % 2 === 0 ? CALM : RESTLESS, scene(80), i * 100);
    expect(meter.reading().perPixelSecond).toBeCloseTo(2.5, 10);
    expect(meter.reading().stillSeconds).toBeCloseTo(2, 10);
  });

  test('is 0 where no label changes', () => {
    const meter = createFlickerMeter();
    for (let i = 0; i <= 20; i++) meter.push(CALM, scene(80), i * 100);
    expect(meter.reading().perPixelSecond).toBe(0);
  });

  test('is unknown until the scene has stood still for a second', () => {
    const meter = createFlickerMeter();
    for (let i = 0; i <= 9; i++) meter.push(i % 2 === 0 ? CALM : RESTLESS, scene(80), i * 100);
    expect(meter.reading()).toEqual({ perPixelSecond: null, stillSeconds: 0 });
  });

  test('never counts a moving scene, however slow: the total distance matters', () => {
    const meter = createFlickerMeter();
    for (let i = 0; i <= 100; i++) meter.push(i % 2 === 0 ? CALM : RESTLESS, scene(80 + i * 0.4), i * 100);
    expect(meter.reading().perPixelSecond).toBeNull();
  });

  test('covers only the pixels with a label, as in a cropped frame', () => {
    const meter = createFlickerMeter();
    const cropped = (...values: number[]) => labels(255, 255, ...values);
    for (let i = 0; i <= 20; i++)
      meter.push(i % 2 === 0 ? cropped(0, 0) : cropped(0, 15), scene(80), i * 100);
    expect(meter.reading().perPixelSecond).toBeCloseTo(5, 10);
  });

  test('continues after a movement, without the step across it', () => {
    const meter = createFlickerMeter();
    for (let i = 0; i <= 10; i++) meter.push(CALM, scene(80), i * 100);
    for (let i = 0; i <= 10; i++) meter.push(labels(7, 7, 7, 7), scene(140), 1100 + i * 100);
    expect(meter.reading().perPixelSecond).toBe(0);
    expect(meter.reading().stillSeconds).toBeCloseTo(2, 10);
  });

  test('leaves out a pair of label maps of different sizes', () => {
    const meter = createFlickerMeter();
    for (let i = 0; i <= 10; i++) meter.push(CALM, scene(80), i * 100);
    meter.push(labels(1, 2), scene(80), 1100);
    expect(meter.reading().perPixelSecond).toBe(0);
    expect(meter.reading().stillSeconds).toBeCloseTo(1, 10);
  });
});
