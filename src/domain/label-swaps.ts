/** Which classes two label maps of the same frames take for each other, counted over many frames. */
import { resizeLabelMap, VOID_LABEL, type LabelMap } from './label-map.ts';

export interface LabelSwap {
  /** Class index in the first label map. */
  readonly first: number;
  /** Class index at the same pixels of the second, another one. */
  readonly second: number;
  /** Share of all pixels compared, 0..1. */
  readonly share01: number;
}

export interface LabelSwaps {
  /**
   * One frame. The smaller label map is scaled to the larger by nearest neighbour.
   * @returns share of the pixels with the same label, 0..1
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
      for (let i = 0; i < a.labels.length; i++) {
        const pair = (a.labels[i] as number) * INDICES + (b.labels[i] as number);
        pairs[pair] = (pairs[pair] as number) + 1;
        if (a.labels[i] === b.labels[i]) equal++;
      }
      pixels += a.labels.length;
      return a.labels.length === 0 ? 1 : equal / a.labels.length;
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

/** 1 where the labels differ, 0 where they agree, void where both are: a label map that an overlay can show. */
export function differenceMap(first: LabelMap, second: LabelMap): LabelMap {
  const [a, b] = inOneSize(first, second);
  const { width, height } = a;
  const labels = new Uint8Array(width * height);
  for (let i = 0; i < labels.length; i++) {
    const same = a.labels[i] === b.labels[i];
    labels[i] = same ? (a.labels[i] === VOID_LABEL ? VOID_LABEL : 0) : 1;
  }
  return { width, height, labels };
}

function inOneSize(first: LabelMap, second: LabelMap): readonly [LabelMap, LabelMap] {
  if (first.width === second.width && first.height === second.height) return [first, second];
  return first.labels.length >= second.labels.length
    ? [first, resizeLabelMap(second, first)]
    : [resizeLabelMap(first, second), second];
}
