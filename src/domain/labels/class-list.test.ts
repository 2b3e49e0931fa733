import { describe, expect, test } from 'vitest';
import { ADE20K_CLASSES, CITYSCAPES_CLASSES, classNamesOf, VOC_CLASSES } from './class-list.ts';

describe('VOC_CLASSES', () => {
  test('are 21, each with its own name', () => {
    expect(VOC_CLASSES.names).toHaveLength(21);
    expect(new Set(VOC_CLASSES.names).size).toBe(21);
  });

  test("have the devkit's indices", () => {
    const at = [0, 1, 8, 12, 15, 20].map((index) => VOC_CLASSES.names[index]);
    expect(at).toEqual(['background', 'aeroplane', 'cat', 'dog', 'person', 'tvmonitor']);
  });

  test('are in alphabetical order after background', () => {
    const [, ...rest] = VOC_CLASSES.names;
    expect(rest).toEqual([...rest].sort());
  });
});

describe('the other lists', () => {
  test('Cityscapes has its 19 train ids and no background', () => {
    expect(CITYSCAPES_CLASSES.names).toHaveLength(19);
    expect([0, 10, 18].map((index) => CITYSCAPES_CLASSES.names[index])).toEqual(['road', 'sky', 'bicycle']);
  });

  test('ADE20K has background and 150 classes', () => {
    expect(ADE20K_CLASSES.names).toHaveLength(151);
    expect([0, 1, 150].map((index) => ADE20K_CLASSES.names[index])).toEqual(['background', 'wall', 'flag']);
  });
});

describe('the names of a model', () => {
  test('come from its list, at any count', () =>
    expect(classNamesOf('cityscapes', 2)).toBe(CITYSCAPES_CLASSES.names));

  test('are numbers if its classes have no known list', () =>
    expect(classNamesOf(null, 3)).toEqual(['class 0', 'class 1', 'class 2']));
});
