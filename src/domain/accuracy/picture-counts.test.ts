import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfusionMatrix } from './confusion-matrix.ts';
import { countPicture, scorePicture, tallyClasses } from './picture-counts.ts';
import { anyLabelMaps, labelMapOf } from '../testing/label-maps.ts';

describe('countPicture', () => {
  const truth = labelMapOf('001', '012', '.22');
  const prediction = labelMapOf('001', '112', '020');

  test('gives the cells of a 3 x 3 picture as counted by hand', () => {
    const { cells, pixels } = countPicture(truth, prediction, 3);
    // truth 0: correct twice, once as 1; truth 1: correct twice; truth 2: correct twice, once as 0; void skipped.
    expect([...cells]).toEqual([0, 1, 5, 8, 10]);
    expect([...pixels]).toEqual([2, 1, 2, 1, 2]);
  });

  test('adds up to the confusion matrix that counts each pixel', () =>
    fc.assert(
      fc.property(fc.array(anyLabelMaps(4), { minLength: 1, maxLength: 5 }), (pictures) => {
        const direct = new ConfusionMatrix(4);
        const summed = new ConfusionMatrix(4);
        for (const { truth, prediction } of pictures) {
          direct.add(truth, prediction);
          summed.addCounts(countPicture(truth, prediction, 4));
        }
        expect(summed.values()).toEqual(direct.values());
        expect(summed.iou()).toEqual(direct.iou());
      }),
    ));

  test('puts a prediction of no class into its own column', () => {
    const { cells } = countPicture(labelMapOf('1'), labelMapOf('7'), 3);
    expect([...cells]).toEqual([1 * 4 + 3]);
  });

  test('refuses maps of different sizes and truth outside the classes', () => {
    expect(() => countPicture(labelMapOf('00'), labelMapOf('0', '0'), 3)).toThrow('differ in size');
    expect(() => countPicture(labelMapOf('3'), labelMapOf('0'), 3)).toThrow('class 3 of 3');
  });
});

describe('scorePicture', () => {
  test('averages the IoU over the classes of the truth', () => {
    const tallies = tallyClasses(
      countPicture(labelMapOf('001', '012', '.22'), labelMapOf('001', '112', '020'), 3),
      3,
    );
    // 0: 2 / (3 + 3 - 2); 1: 2 / (2 + 3 - 2); 2: 2 / (3 + 2 - 2).
    expect(scorePicture(tallies)?.meanIou).toBeCloseTo((2 / 4 + 2 / 3 + 2 / 3) / 3, 12);
    expect(scorePicture(tallies)?.pixelAccuracy).toBeCloseTo(6 / 8, 12);
  });

  test('gives null for a picture that is all void', () =>
    expect(scorePicture(tallyClasses(countPicture(labelMapOf('..'), labelMapOf('01'), 2), 2))).toBeNull());
});
