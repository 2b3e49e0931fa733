import { describe, expect, test } from 'vitest';
import { VOC_CLASSES } from '../../domain/labels/class-list.ts';
import type { SegmenterDescription } from '../../domain/measuring/configuration.ts';
import type { LabelMap } from '../../domain/labels/label-map.ts';
import { makeRun } from '../../domain/testing/run-record.ts';
import { createAgreementMeter } from './agreement-meter.ts';

const description: SegmenterDescription = {
  ...makeRun({}).configuration.segmenter,
  modelName: 'Segscope MobileNetV2',
  backend: 'wasm',
  inputSize: 257,
  preprocessing: 'fit',
  classList: 'voc',
  classNames: VOC_CLASSES.names,
};
const SCENE = new Float32Array(768).fill(90);
const map = (...labels: number[]): LabelMap => ({
  width: labels.length,
  height: 1,
  labels: Uint8Array.from(labels),
});

const meter = () =>
  createAgreementMeter(description, { ...description, backend: 'webgl' }, 'sample: chelsea');

describe('agreement of two configurations', () => {
  test('is null before the first frame', () => expect(meter().reading()).toBeNull());

  test('is tracked over time, with its mean, median and lowest value', () => {
    const watched = meter();
    watched.push(map(0, 0, 8, 8), map(0, 0, 8, 8), SCENE, 1000);
    watched.push(map(0, 0, 8, 8), map(0, 0, 8, 12), SCENE, 1500);
    watched.push(map(0, 0, 8, 8), map(0, 0, 12, 12), SCENE, 2000);
    expect(watched.reading()).toMatchObject({
      frames: 3,
      seconds: 1,
      last01: 0.5,
      mean01: 0.75,
      median01: 0.75,
      lowest01: 0.5,
      history: [
        { seconds: 0, agreement01: 1 },
        { seconds: 0.5, agreement01: 0.75 },
        { seconds: 1, agreement01: 0.5 },
      ],
      swaps: [{ firstName: 'cat', secondName: 'dog', share01: 0.25 }],
      firstName: 'Segscope MobileNetV2, wasm, 257 px, fit',
      secondName: 'Segscope MobileNetV2, webgl, 257 px, fit',
    });
  });

  test('shows which of the two flickers', () => {
    const watched = meter();
    for (let i = 0; i <= 20; i++) {
      watched.push(map(0, 8), i % 2 === 0 ? map(0, 8) : map(8, 8), SCENE, i * 100);
    }
    const reading = watched.reading();
    expect(reading?.firstFlicker.perPixelSecond).toBe(0);
    expect(reading?.secondFlicker.perPixelSecond).toBeCloseTo(5, 10);
  });

  test('keeps a short, evenly spaced history in a long comparison', () => {
    const watched = meter();
    for (let i = 0; i < 5000; i++) watched.push(map(0), map(0), SCENE, i * 10);
    const { history = [] } = watched.reading() ?? {};
    expect(history.length).toBeGreaterThan(200);
    expect(history.length).toBeLessThanOrEqual(600);
    const gaps = new Set(
      history.slice(1).map(({ seconds }, i) => Math.round((seconds - (history[i]?.seconds ?? 0)) * 1000)),
    );
    expect(gaps.size).toBe(1);
  });
});
