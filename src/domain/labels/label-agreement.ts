/** Where two label maps of one frame differ, and in which classes. */
import type { Size } from '../frame.ts';
import type { LabelMap } from './label-map.ts';

export interface ClassAgreement {
  readonly classIndex: number;
  /** Pixels that have the class on either side. */
  readonly union: number;
  /** Intersection over union of the class between the two sides, 0..1. */
  readonly agreement01: number;
}

/** Pixels that are `left` on one side and `right` on the other. */
export interface ClassSwap {
  readonly left: number;
  readonly right: number;
  readonly pixels: number;
}

export interface LabelAgreement {
  /** Share of the pixels on which both agree, 0..1. */
  readonly overall01: number;
  readonly pixels: number;
  /** Classes that either side sees, by class index. */
  readonly classes: readonly ClassAgreement[];
  /** Most frequent first. */
  readonly swaps: readonly ClassSwap[];
}

/** The larger of the two per axis: the common size for label maps of different sizes. */
export function commonSize(left: Size, right: Size): Size {
  return { width: Math.max(left.width, right.width), height: Math.max(left.height, right.height) };
}

/**
 * Compares two label maps. A map smaller than the common size is read by nearest neighbour (pixel centres).
 * Void counts as a class like the others.
 */
export class LabelAgreementCounter {
  /** Row: left class, column: right class. */
  private readonly counts = new Uint32Array(256 * 256);
  private leftColumns = new Int32Array(0);
  private rightColumns = new Int32Array(0);

  /** @param visit called with every pixel that differs: its index at the common size, and both classes */
  compare(
    left: LabelMap,
    right: LabelMap,
    visit?: (at: number, left: number, right: number) => void,
  ): LabelAgreement {
    const { counts } = this;
    counts.fill(0);
    const { width, height } = commonSize(left, right);
    this.leftColumns = nearest(this.leftColumns, left.width, width);
    this.rightColumns = nearest(this.rightColumns, right.width, width);
    const { leftColumns, rightColumns } = this;
    for (let y = 0, at = 0; y < height; y++) {
      const leftRow = Math.floor(((y + 0.5) * left.height) / height) * left.width;
      const rightRow = Math.floor(((y + 0.5) * right.height) / height) * right.width;
      for (let x = 0; x < width; x++, at++) {
        const a = left.labels[leftRow + (leftColumns[x] as number)] as number;
        const b = right.labels[rightRow + (rightColumns[x] as number)] as number;
        const cell = a * 256 + b;
        counts[cell] = (counts[cell] as number) + 1;
        if (a !== b) visit?.(at, a, b);
      }
    }
    return summary(counts, width * height);
  }
}

function nearest(former: Int32Array<ArrayBuffer>, given: number, wanted: number): Int32Array<ArrayBuffer> {
  const last = Math.floor(((wanted - 0.5) * given) / wanted);
  if (former.length === wanted && former[wanted - 1] === last) return former;
  return Int32Array.from({ length: wanted }, (_, i) => Math.floor(((i + 0.5) * given) / wanted));
}

function summary(counts: Uint32Array, pixels: number): LabelAgreement {
  const lefts = new Float64Array(256);
  const rights = new Float64Array(256);
  const swaps: ClassSwap[] = [];
  let same = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number;
    if (count === 0) continue;
    const left = cell >> 8;
    const right = cell & 255;
    lefts[left] = (lefts[left] as number) + count;
    rights[right] = (rights[right] as number) + count;
    if (left === right) same += count;
    else swaps.push({ left, right, pixels: count });
  }
  const classes: ClassAgreement[] = [];
  for (let classIndex = 0; classIndex < 256; classIndex++) {
    const both = counts[classIndex * 257] as number;
    const union = (lefts[classIndex] as number) + (rights[classIndex] as number) - both;
    if (union > 0) classes.push({ classIndex, union, agreement01: both / union });
  }
  swaps.sort((a, b) => b.pixels - a.pixels);
  return { overall01: pixels === 0 ? 1 : same / pixels, pixels, classes, swaps };
}
