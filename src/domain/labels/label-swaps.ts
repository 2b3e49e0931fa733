/** Which classes two label maps of the same frames confuse, counted over many frames. */
import { resizeLabelMap, VOID_LABEL, type LabelMap } from './label-map.ts';

export interface LabelSwap {
  /** Class index in the first label map. */
  readonly first: number;
  /** Class index at the same pixels of the second, a different one. */
  readonly second: number;
  /** Share of all compared pixels, 0..1: the pixels with a label in both maps. */
  readonly share01: number;
}

export interface LabelSwaps {
  /**
   * Adds one frame. The smaller label map is scaled to the larger by nearest neighbour.
   * @returns share of the pixels with the same label, among the pixels with a label in both, 0..1
   */
  add(first: LabelMap, second: LabelMap): number;
  /** The largest shares first. */
  largest(count: number): readonly LabelSwap[];
}

const INDICES = 256;

export function createLabelSwaps(): LabelSwaps {
  const pairs = new Float64Array(INDICES * INDICES);
  let pixels = 0;
  return {
    add(first, second) {
      const [a, b] = inOneSize(first, second);
      let equal = 0;
      let compared = 0;
      for (let i = 0; i < a.labels.length; i++) {
        const one = a.labels[i] as number;
        const other = b.labels[i] as number;
        if (one === VOID_LABEL || other === VOID_LABEL) continue;
        const pair = one * INDICES + other;
        pairs[pair] = (pairs[pair] as number) + 1;
        compared++;
        if (one === other) equal++;
      }
      pixels += compared;
      return compared === 0 ? 1 : equal / compared;
    },
    largest(count) {
      return Array.from(pairs, (amount, pair) => ({
        first: Math.floor(pair / INDICES),
        second: pair % INDICES,
        share01: amount / pixels,
      }))
        .filter(({ first, second, share01 }) => first !== second && share01 > 0)
        .sort((a, b) => b.share01 - a.share01)
        .slice(0, count);
    },
  };
}

/** 1 if the labels differ, 0 if they agree, void if either is void: a label map that an overlay can show. */
export function differenceMap(first: LabelMap, second: LabelMap): LabelMap {
  const [a, b] = inOneSize(first, second);
  const { width, height } = a;
  const labels = new Uint8Array(width * height);
  for (let i = 0; i < labels.length; i++) {
    const one = a.labels[i] as number;
    const other = b.labels[i] as number;
    if (one === VOID_LABEL || other === VOID_LABEL) labels[i] = VOID_LABEL;
    else labels[i] = one === other ? 0 : 1;
  }
  return { width, height, labels };
}

function inOneSize(first: LabelMap, second: LabelMap): readonly [LabelMap, LabelMap] {
  if (first.width === second.width && first.height === second.height) return [first, second];
  return first.labels.length >= second.labels.length
    ? [first, resizeLabelMap(second, first)]
    : [resizeLabelMap(first, second), second];
}
