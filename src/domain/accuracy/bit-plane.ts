/** A set of pixels, one bit each, so that one operation grows, counts or compares 32 of them. */
import type { Size } from '../frame.ts';

/** How far a disc reaches to both sides, at each distance in rows. */
export interface DiscRow {
  readonly dy: number;
  readonly reach: number;
}

export class BitPlane {
  private readonly width: number;
  private readonly height: number;
  /** Per row. */
  private readonly words: number;
  /** Pixel x of a row is bit x % 32 of its word x / 32. Bits beyond the width may be set by growing. */
  private readonly bits: Int32Array;

  constructor({ width, height }: Size) {
    this.width = width;
    this.height = height;
    this.words = (width + 31) >> 5;
    this.bits = new Int32Array(this.words * height);
  }

  /** @param start row-major; the range up to `end` may cross row ends */
  mark(start: number, end: number): void {
    const { width, words, bits } = this;
    for (let at = start; at < end;) {
      const y = Math.floor(at / width);
      const x = at - y * width;
      const count = Math.min(end - at, width - x, 32 - (x & 31));
      const word = y * words + (x >> 5);
      const mask = count === 32 ? -1 : ((1 << count) - 1) << (x & 31);
      bits[word] = (bits[word] as number) | mask;
      at += count;
    }
  }

  /** Pixels of both planes. The other has the same size. */
  countWith({ bits: others }: BitPlane): number {
    const { bits } = this;
    let count = 0;
    for (let i = 0; i < bits.length; i++) {
      const both = (bits[i] as number) & (others[i] as number);
      if (both !== 0) count += ones(both);
    }
    return count;
  }

  /** Number of pixels; correct only while the plane has not been grown. */
  count(): number {
    return this.countWith(this);
  }

  /** Every pixel that has a pixel of this plane within a disc around it. */
  grown(disc: readonly DiscRow[]): BitPlane {
    const { width, height, words, bits } = this;
    const grown = new BitPlane({ width, height });
    const steps = stepsOf(disc);
    const margin = (disc.reduce((most, { reach }) => Math.max(most, reach), 0) + 31) >> 5;
    const row = new Int32Array(words);
    for (let y = 0; y < height; y++) {
      const start = y * words;
      let first = start;
      while (first < start + words && bits[first] === 0) first++;
      if (first === start + words) continue;
      let last = start + words - 1;
      while (bits[last] === 0) last--;
      const from = Math.max(first - start - margin, 0);
      const to = Math.min(last - start + margin, words - 1);
      for (let word = from; word <= to; word++) row[word] = bits[start + word] as number;
      for (let step = 0; step < steps.length; step++) {
        const { shifts, rows } = steps[step] as Step;
        for (let i = 0; i < shifts.length; i++) spread(row, shifts[i] as number, from, to);
        for (let i = 0; i < rows.length; i++) grown.add(row, y + (rows[i] as number), from, to);
      }
    }
    return grown;
  }

  /** Rows outside the plane add nothing. */
  private add(row: Int32Array, y: number, from: number, to: number): void {
    if (y < 0 || y >= this.height) return;
    const { bits } = this;
    const start = y * this.words;
    for (let word = from; word <= to; word++) {
      bits[start + word] = (bits[start + word] as number) | (row[word] as number);
    }
  }
}

interface Step {
  /** The steps, in order, that spread a row as far as these rows of the disc reach. */
  readonly shifts: readonly number[];
  readonly rows: readonly number[];
}

/**
 * A row that reaches r to both sides can spread by up to 2 r + 1 without a gap. Each step must be shorter than a word.
 */
function stepsOf(disc: readonly DiscRow[]): readonly Step[] {
  const reaches = [...new Set(disc.map(({ reach }) => reach))].sort((a, b) => a - b);
  let reached = 0;
  return reaches.map((reach) => {
    const shifts: number[] = [];
    while (reached < reach) {
      const shift = Math.min(reach - reached, 2 * reached + 1, 31);
      shifts.push(shift);
      reached += shift;
    }
    return { shifts, rows: disc.filter((one) => one.reach === reach).map(({ dy }) => dy) };
  });
}

function spread(row: Int32Array, shift: number, from: number, to: number): void {
  const back = 32 - shift;
  let before = 0;
  let word = row[from] as number;
  for (let i = from; i <= to; i++) {
    const after = i < to ? (row[i + 1] as number) : 0;
    row[i] = word | (word << shift) | (before >>> back) | (word >>> shift) | (after << back);
    before = word;
    word = after;
  }
}

/** Set bits of a word (Warren, "Hacker's Delight", section 5-1). */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
