import { describe, expect, test } from 'vitest';
import { BOOTSTRAP_SEED } from '../measuring/bootstrap.ts';
import { ConfusionMatrix } from './confusion-matrix.ts';
import type { LabelMap } from '../labels/label-map.ts';
import { resamplePictures } from './picture-bootstrap.ts';
import { countPicture, tallyClasses } from './picture-counts.ts';
import { seededRandom } from '../measuring/seeded-random.ts';
import { labelMapOf } from '../testing/label-maps.ts';

const PICTURES: readonly (readonly [LabelMap, LabelMap])[] = [
  [labelMapOf('0011', '0022'), labelMapOf('0011', '0002')],
  [labelMapOf('0000', '1111'), labelMapOf('0001', '1111')],
  [labelMapOf('2222', '.000'), labelMapOf('2221', '2000')],
];
const tallies = PICTURES.map(([truth, prediction]) => tallyClasses(countPicture(truth, prediction, 3), 3));

describe('resamplePictures', () => {
  test('scores exactly the pictures that the seed draws, as one matrix', () => {
    const [resampled] = resamplePictures([tallies], 3, 50);
    const random = seededRandom(BOOTSTRAP_SEED);
    const expected = Array.from({ length: 50 }, () => {
      const matrix = new ConfusionMatrix(3);
      for (let i = 0; i < PICTURES.length; i++) {
        const drawn = PICTURES[Math.floor(random() * PICTURES.length)];
        if (drawn !== undefined) matrix.add(drawn[0], drawn[1]);
      }
      return { meanIou: matrix.meanIou(), pixelAccuracy: matrix.pixelAccuracy() };
    });
    expected.forEach(({ meanIou, pixelAccuracy }, i) => {
      expect(resampled?.meanIou[i]).toBeCloseTo(meanIou ?? NaN, 12);
      expect(resampled?.pixelAccuracy[i]).toBeCloseTo(pixelAccuracy ?? NaN, 12);
    });
  });

  test('draws the same pictures for every configuration', () => {
    const [first, second] = resamplePictures([tallies, tallies], 3, 20);
    expect(second?.meanIou).toEqual(first?.meanIou);
  });

  test('gives the same values every time', () =>
    expect(resamplePictures([tallies], 3, 20)).toEqual(resamplePictures([tallies], 3, 20)));
});
