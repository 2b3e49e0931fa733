import { expect, test } from 'vitest';
import { VOC_CLASSES } from './class-list.ts';
import { classKey, legendOf } from './legend.ts';

const VOC = { classList: 'voc', classNames: VOC_CLASSES.names } as const;

test('a legend lists the classes of a map by share; void counts in the total but is not listed', () => {
  const labelMap = { width: 4, height: 2, labels: Uint8Array.of(8, 8, 8, 8, 12, 12, 255, 255) };
  expect(legendOf(labelMap, VOC)).toEqual([
    { classIndex: 8, name: 'cat', share01: 0.5, color: 'rgb(64 0 0)' },
    { classIndex: 12, name: 'dog', share01: 0.25, color: 'rgb(64 0 128)' },
  ]);
});

test('a class without a name appears by its index, and 255 as void', () => {
  const unnamed = { classList: null, classNames: [] };
  expect(classKey(unnamed, 3).name).toBe('class 3');
  expect(classKey(unnamed, 255)).toEqual({ name: 'void', color: 'rgb(224 224 192)' });
});
