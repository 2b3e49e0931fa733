/** What the indices of a label map mean: names, colours and shares of its classes. */
import type { ClassListId } from './class-list.ts';
import { colormapOf, cssColor } from './colormap.ts';
import { countLabels, VOID_LABEL, type LabelMap } from './label-map.ts';

export interface Classes {
  readonly classList: ClassListId | null;
  readonly classNames: readonly string[];
}

export interface ClassKey {
  readonly name: string;
  /** CSS colour of the class in the colormap. */
  readonly color: string;
}

/** A class present in the picture. */
export interface LegendEntry extends ClassKey {
  readonly classIndex: number;
  /** Share of the picture's pixels, 0..1. */
  readonly share01: number;
}

export function classKey({ classList, classNames }: Classes, classIndex: number): ClassKey {
  const name = classNames[classIndex] ?? (classIndex === VOID_LABEL ? 'void' : `class ${classIndex}`);
  return { name, color: cssColor(colormapOf(classList)[classIndex] ?? [0, 0, 0]) };
}

/**
 * The classes present in a label map, largest share first; void is not listed but counts in the total.
 * @param counts 256 entries that may be overwritten, so that counting allocates nothing
 */
export function legendOf(
  labelMap: LabelMap,
  classes: Classes,
  counts?: Uint32Array<ArrayBuffer>,
): readonly LegendEntry[] {
  const total = labelMap.labels.length;
  const entries: LegendEntry[] = [];
  countLabels(labelMap, counts).forEach((count, classIndex) => {
    if (count === 0 || classIndex === VOID_LABEL) return;
    entries.push({ classIndex, ...classKey(classes, classIndex), share01: count / total });
  });
  return entries.sort((a, b) => b.share01 - a.share01);
}
