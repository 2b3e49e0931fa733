import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accuracyOf } from './accuracy-figures.ts';
import { boundaryScores } from './boundary-score.ts';
import type { LabelMap } from '../labels/label-map.ts';
import { VOID_LABEL } from '../labels/label-map.ts';
import { countPicture } from './picture-counts.ts';
import { anyLabelMaps, labelMapOf } from '../testing/label-maps.ts';

const NAMES = ['background', 'cat', 'dog', 'sheep', 'sofa'];

const scored = (truth: LabelMap, prediction: LabelMap) => ({
  counts: countPicture(truth, prediction, NAMES.length),
  boundaries: boundaryScores(truth, prediction),
});

describe('accuracyOf', () => {
  // Classes: 0, 1, 2 in the truth; 3 only predicted; 4 nowhere.
  const pictures = [
    scored(labelMapOf('001', '012', '.22'), labelMapOf('001', '112', '020')),
    scored(labelMapOf('000', '000', '000'), labelMapOf('000', '000', '003')),
  ];
  const { figures, matrix } = accuracyOf(pictures, NAMES);
  // 0: hits 10, truth 12, predicted 11; 1: 2, 2, 3; 2: 2, 3, 2.
  const [zero, one, two] = [10 / 13, 2 / 3, 2 / 3];

  test('averages IoU over the classes present, worked out by hand on 3 x 3 pictures', () => {
    expect(figures.meanIou?.value).toBeCloseTo((zero + one + two) / 3, 12);
    expect(figures.classes.map(({ iou }) => iou)).toEqual([zero, one, two, null, null]);
  });

  test('counts a class that is only predicted as 0, and leaves out a class that appears nowhere', () => {
    expect(figures.meanIouAll?.value).toBeCloseTo((zero + one + two + 0) / 4, 12);
    expect(figures.meanIouAll?.absentPredicted).toBe(1);
    expect(figures.meanIouAll?.undefinedClasses).toBe(1);
  });

  test('weights IoU by the frequency of the truth', () => {
    expect(figures.frequencyWeightedIou).toBeCloseTo((12 / 17) * zero + (2 / 17) * one + (3 / 17) * two, 12);
    expect(figures.pixelAccuracy?.value).toBeCloseTo(14 / 17, 12);
  });

  test('counts pictures and pixels per class', () => {
    const counted = figures.classes.map(({ pictures, truthPixels, predictedPixels }) => [
      pictures,
      truthPixels,
      predictedPixels,
    ]);
    expect(counted).toEqual([
      [2, 12, 11],
      [1, 2, 3],
      [1, 3, 2],
      [0, 0, 1],
      [0, 0, 0],
    ]);
    expect(matrix.reduce((sum, count) => sum + count, 0)).toBe(17);
  });

  test('has no figure when nothing is counted', () => {
    const empty = accuracyOf([], NAMES).figures;
    expect([empty.meanIou, empty.meanIouAll, empty.pixelAccuracy, empty.frequencyWeightedIou]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('has no figure for a picture whose truth is all void, and ignores it among other pictures', () => {
    const unknown = scored(labelMapOf('...', '...', '...'), labelMapOf('000', '012', '000'));
    expect(accuracyOf([unknown], NAMES).figures).toMatchObject({ meanIou: null, pixelAccuracy: null });
    expect(accuracyOf([...pictures, unknown], NAMES).figures.meanIou?.value).toBe(figures.meanIou?.value);
  });

  test('equals the definition on any pictures: intersection over union of pixel sets', () =>
    fc.assert(
      fc.property(fc.array(anyLabelMaps(5), { minLength: 1, maxLength: 4 }), (maps) => {
        const { classes } = accuracyOf(
          maps.map(({ truth, prediction }) => scored(truth, prediction)),
          NAMES,
        ).figures;
        const pixels = maps.flatMap(({ truth, prediction }) =>
          Array.from(truth.labels, (label, i) => ({ truth: label, prediction: prediction.labels[i] })),
        );
        const counted = pixels.filter(({ truth }) => truth !== VOID_LABEL);
        for (const { index, iou } of classes) {
          const both = counted.filter(({ truth, prediction }) => truth === index && prediction === index);
          const either = counted.filter(({ truth, prediction }) => truth === index || prediction === index);
          const present = counted.some(({ truth }) => truth === index);
          expect(iou).toBe(present ? both.length / either.length : null);
        }
      }),
      { numRuns: 40 },
    ));

  test('holds the figure of the whole set within its interval when pictures are alike', () => {
    const like = Array.from({ length: 20 }, () => pictures[0]).filter((picture) => picture !== undefined);
    const { meanIou } = accuracyOf(like, NAMES).figures;
    expect(meanIou?.low).toBeCloseTo(meanIou?.value ?? NaN, 12);
    expect(meanIou?.high).toBeCloseTo(meanIou?.value ?? NaN, 12);
  });
});
