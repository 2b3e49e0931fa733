/** What one result's labels are against another's, picture by picture, from the labels that were kept. */
import { BorderDisplacement } from '../../domain/accuracy/border-displacement.ts';
import type { LabelChange } from '../../domain/accuracy/evaluation.ts';
import { VOID_LABEL, type LabelMap } from '../../domain/labels/label-map.ts';
import { decodeLabelRuns } from '../../protocol/label-runs.ts';
import type { PictureLabels } from './picture-scoring.ts';

/** More pictures change no figure in its second digit, and every one is two reads from the shelf. */
export const MOST_COMPARED = 200;

/**
 * @param names of the pictures that both scored
 * @param labelsOf as they were kept, `side` 0 is the baseline; null: this picture was not kept
 * @returns null when there is no picture to compare
 */
export async function labelChange(
  names: readonly string[],
  labelsOf: (side: 0 | 1, name: string) => Promise<PictureLabels | null>,
): Promise<LabelChange | null> {
  const borders = new BorderDisplacement();
  let pictures = 0;
  let seen = 0;
  let same = 0;
  for (const name of evenly(names, MOST_COMPARED)) {
    const [baseline, other] = await Promise.all([labelsOf(0, name), labelsOf(1, name)]);
    if (baseline === null || other === null) continue;
    // Pictures of one name need not be the same picture.
    if (baseline.width !== other.width || baseline.height !== other.height) continue;
    const [a, b] = [unpacked(baseline), unpacked(other)];
    borders.add(a, b);
    for (let i = 0; i < a.labels.length; i++) {
      const [left, right] = [a.labels[i] as number, b.labels[i] as number];
      if (left === VOID_LABEL || right === VOID_LABEL) continue;
      seen++;
      if (left === right) same++;
    }
    pictures++;
  }
  if (pictures === 0) return null;
  return { pictures, agreement01: seen === 0 ? null : same / seen, x: borders.x, y: borders.y };
}

function unpacked({ width, height, runs }: PictureLabels): LabelMap {
  return { width, height, labels: decodeLabelRuns(runs, new Uint8Array(width * height)) };
}

/** At most `most` of them, the first and the last included. */
export function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => items[Math.round(i * step)] as Item);
}
