/** Names of the classes a model was trained on, in index order. */
import ade20k from './ade20k-labels.json' with { type: 'json' };
import cityscapes from './cityscapes-labels.json' with { type: 'json' };

export const CLASS_LIST_IDS = ['voc', 'cityscapes', 'ade20k'] as const;
export type ClassListId = (typeof CLASS_LIST_IDS)[number];

export interface ClassList {
  readonly id: ClassListId;
  readonly names: readonly string[];
}

/** The 21 classes of PASCAL VOC 2012 segmentation, in the devkit's order (VOClabelcolormap / classes.m). */
export const VOC_CLASSES: ClassList = {
  id: 'voc',
  names: [
    'background',
    'aeroplane',
    'bicycle',
    'bird',
    'boat',
    'bottle',
    'bus',
    'car',
    'cat',
    'chair',
    'cow',
    'diningtable',
    'dog',
    'horse',
    'motorbike',
    'person',
    'pottedplant',
    'sheep',
    'sofa',
    'train',
    'tvmonitor',
  ],
};

/** The 19 train ids of Cityscapes, in order; there is no background. Names of @tensorflow-models/deeplab 0.2.2. */
export const CITYSCAPES_CLASSES: ClassList = {
  id: 'cityscapes',
  names: cityscapes.classes.map(({ name }) => name),
};

/**
 * Background and the 150 classes of the ADE20K scene parsing benchmark, in order. Names of @tensorflow-models/deeplab
 * 0.2.2, which keeps the first word of each, so two classes can share a name.
 */
export const ADE20K_CLASSES: ClassList = { id: 'ade20k', names: ade20k.classes.map(({ name }) => name) };

const CLASS_LISTS: readonly ClassList[] = [VOC_CLASSES, CITYSCAPES_CLASSES, ADE20K_CLASSES];

/**
 * The names of a model's classes by index. Classes without a known list are numbered: "class 0", "class 1".
 * @param count of the classes, used only without a list
 */
export function classNamesOf(id: ClassListId | null, count: number): readonly string[] {
  const known = CLASS_LISTS.find((list) => list.id === id);
  return known?.names ?? Array.from({ length: count }, (_, index) => `class ${index}`);
}
