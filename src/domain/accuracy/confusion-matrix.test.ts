import { existsSync, readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { ConfusionMatrix } from './confusion-matrix.ts';
import { VOID_LABEL } from '../labels/label-map.ts';
import type { LabelMap } from '../labels/label-map.ts';

const row = (...labels: number[]): LabelMap => ({
  width: labels.length,
  height: 1,
  labels: Uint8Array.from(labels),
});

describe('ConfusionMatrix', () => {
  /**
   * Truth 0: 3 right, 1 as 1. Truth 1: 2 right, 2 as 0. Truth 2: 1 right, 1 as 1.
   * IoU: 3 / (4 + 5 - 3), 2 / (4 + 4 - 2), 1 / (2 + 1 - 1).
   */
  const truth = row(0, 0, 0, 0, 1, 1, 1, 1, 2, 2);
  const prediction = row(0, 0, 0, 1, 1, 1, 0, 0, 2, 1);

  test('gives the figures of a 3 x 3 matrix computed by hand', () => {
    const matrix = new ConfusionMatrix(3);
    matrix.add(truth, prediction);
    expect(matrix.count(1, 0)).toBe(2);
    expect(matrix.count(0, 1)).toBe(1);
    expect(matrix.iou()).toEqual([3 / 6, 2 / 6, 1 / 2]);
    expect(matrix.meanIou()).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 2) / 3, 12);
    expect(matrix.pixelAccuracy()).toBeCloseTo(6 / 10, 12);
  });

  test('is one matrix over the whole set, not a mean over pictures', () => {
    const matrix = new ConfusionMatrix(2);
    matrix.add(row(1), row(1));
    matrix.add(row(0, 0, 1), row(1, 1, 1));
    expect(matrix.iou()).toEqual([0, 2 / 4]);
  });

  test('skips pixels whose truth is void', () => {
    const matrix = new ConfusionMatrix(2);
    matrix.add(row(0, VOID_LABEL, 1), row(0, 1, 1));
    expect(matrix.iou()).toEqual([1, 1]);
    expect(matrix.pixelAccuracy()).toBe(1);
  });

  test('counts background like any other class', () => {
    const matrix = new ConfusionMatrix(2);
    matrix.add(row(0, 0, 1, 1), row(1, 1, 1, 1));
    expect(matrix.meanIou()).toBeCloseTo((0 + 2 / 4) / 2, 12);
  });

  test('treats a class absent from the truth as not applicable, so that it does not lower the mean', () => {
    const matrix = new ConfusionMatrix(3);
    matrix.add(row(0, 0, 1), row(0, 2, 1));
    expect(matrix.iou()).toEqual([1 / 2, 1, null]);
    expect(matrix.meanIou()).toBeCloseTo(0.75, 12);
  });

  test('counts a prediction of no class as wrong and does not ignore it', () => {
    const matrix = new ConfusionMatrix(2);
    matrix.add(row(0, 0, 1), row(0, VOID_LABEL, 7));
    expect(matrix.iou()).toEqual([1 / 2, 0]);
    expect(matrix.pixelAccuracy()).toBeCloseTo(1 / 3, 12);
  });

  test('has no figures while empty', () => {
    const matrix = new ConfusionMatrix(2);
    matrix.add(row(VOID_LABEL), row(0));
    expect(matrix.iou()).toEqual([null, null]);
    expect(matrix.meanIou()).toBeNull();
    expect(matrix.pixelAccuracy()).toBeNull();
  });

  test('refuses label maps of different sizes and truth of unknown classes, and adds nothing', () => {
    const matrix = new ConfusionMatrix(2);
    expect(() => matrix.add(row(0, 0), row(0))).toThrow(RangeError);
    expect(() => matrix.add(row(0, 2), row(0, 0))).toThrow('The truth holds class 2 of 2.');
    expect(matrix.pixelAccuracy()).toBeNull();
    expect(() => new ConfusionMatrix(256)).toThrow(RangeError);
  });
});

const CASES = new URL('../../../../shared/cases/', import.meta.url);
const atHand = existsSync(CASES);
if (!atHand)
  console.info('../shared/cases is absent: the comparison with published-style figures is skipped.');

interface Figures {
  readonly models: Record<string, { meanIoU: number; pixelAccuracy: number; classesPresent: number }>;
}

function labelsOf(path: string): LabelMap {
  const { width, height, data } = decode(readFileSync(new URL(path, CASES)));
  return { width, height, labels: Uint8Array.from(data) };
}

describe.skipIf(!atHand)('the 41 VOC pictures of ../shared/cases', () =>
  test.each(['mobilenetv2_dm05_coco_voc_trainaug', 'coral_deeplabv3_mnv2_pascal_quant'])(
    'match the scores in their figures.json: %s',
    (model) => {
      const figures = JSON.parse(readFileSync(new URL('reference/figures.json', CASES), 'utf8')) as Figures;
      const matrix = new ConfusionMatrix(21);
      const names = readFileSync(new URL('voc_val_small/val.txt', CASES), 'utf8').trim().split(/\s+/);
      for (const name of names) {
        matrix.add(
          labelsOf(`voc_val_small/SegmentationClass/${name}.png`),
          labelsOf(`reference/${model}/${name}.png`),
        );
      }
      expect(matrix.iou().filter((iou) => iou !== null)).toHaveLength(
        figures.models[model]?.classesPresent ?? NaN,
      );
      expect(matrix.meanIou()).toBeCloseTo(figures.models[model]?.meanIoU ?? NaN, 4);
      expect(matrix.pixelAccuracy()).toBeCloseTo(figures.models[model]?.pixelAccuracy ?? NaN, 4);
    },
  ),
);
