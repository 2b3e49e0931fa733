/** The class at one point of a label map, with its name and colour. */
import { classKey, type Classes } from '../../domain/labels/legend.ts';
import { countLabels, VOID_LABEL, type LabelMap } from '../../domain/labels/label-map.ts';

/** The class under the pointer. */
export interface ClassAtPoint {
  readonly classIndex: number;
  readonly name: string;
  readonly share01: number;
  readonly color: string;
}

/** @param x01 and y01: on the unmirrored picture, 0..1; a point beyond an edge counts as on the edge */
export function classAt(labelMap: LabelMap, classes: Classes, x01: number, y01: number): ClassAtPoint {
  const { width, height, labels } = labelMap;
  const x = Math.min(width - 1, Math.max(0, Math.floor(x01 * width)));
  const y = Math.min(height - 1, Math.max(0, Math.floor(y01 * height)));
  const classIndex = labels[y * width + x] ?? VOID_LABEL;
  return {
    classIndex,
    ...classKey(classes, classIndex),
    share01: (countLabels(labelMap)[classIndex] ?? 0) / labels.length,
  };
}
