import { expect, test } from 'vitest';
import { VOC_CLASSES } from '../../domain/labels/class-list.ts';
import { classAt } from './class-at.ts';

const VOC = { classList: 'voc', classNames: VOC_CLASSES.names } as const;
/** A cat to the left of a dog, above void. */
const LABELS = { width: 2, height: 2, labels: Uint8Array.of(8, 12, 255, 8) };

test('a point has the class of its pixel, and its share of the picture', () => {
  expect(classAt(LABELS, VOC, 0.1, 0.1)).toMatchObject({ classIndex: 8, name: 'cat', share01: 0.5 });
  expect(classAt(LABELS, VOC, 0.9, 0.1)).toMatchObject({ classIndex: 12, name: 'dog', share01: 0.25 });
});

test('the last pixel extends to the edge and beyond it', () => {
  expect(classAt(LABELS, VOC, 1, 1).classIndex).toBe(8);
  expect(classAt(LABELS, VOC, -0.5, 7)).toMatchObject({ classIndex: 255, name: 'void' });
});
