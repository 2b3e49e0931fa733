/** How far the class borders of one label map lie from those of another, along rows and columns, in pixels. */
import { VOID_LABEL, type LabelMap } from '../labels/label-map.ts';

/** Borders farther apart than this are not matched, px. */
const FARTHEST_BORDER = 24;

/** One axis of the picture. */
export interface AxisDisplacement {
  /** Borders found in both maps. */
  readonly borders: number;
  /** Share of the first map's borders, 0..1; a border without a partner means a different label, not a displacement. */
  readonly matched01: number;
  /** Signed medians, px, in the first, middle and last third of the axis; + is right or down; null: too few borders. */
  readonly thirds: readonly [number | null, number | null, number | null];
  /** Signed median over all matched borders, px. */
  readonly median: number | null;
  /** Mean unsigned distance, px: borders that move in opposite directions do not cancel out. */
  readonly meanDistance: number | null;
}

/** A median of fewer values is meaningless. */
const FEWEST_BORDERS = 20;
const BINS = 2 * FARTHEST_BORDER + 1;

/**
 * Collects pairs of label maps of one size.
 *
 * Along every row (and column) a border is a place where class a meets class b, in this order. A border of the first
 * map and one of the second match when each is the other's nearest between the same two classes, and they lie at most
 * FARTHEST_BORDER apart. Their displacement is x(second) - x(first). A shift of the whole map by s pixels along the
 * axis displaces every border by exactly s, at any slope. A scaling about one edge shows in the thirds, and one about
 * the middle as thirds of opposite sign. Borders with void are left out. Medians are those of grouped data (classes of
 * one pixel, interpolated within the class of the median), so that they resolve fractions of a pixel.
 */
export class BorderDisplacement {
  private readonly horizontal = new AxisCounts();
  private readonly vertical = new AxisCounts();

  /** @throws RangeError when the sizes differ */
  add(first: LabelMap, second: LabelMap): void {
    const { width, height } = first;
    if (width !== second.width || height !== second.height) {
      throw new RangeError('Borders are compared between label maps of one size.');
    }
    for (let y = 0; y < height; y++) {
      this.horizontal.addLine(first.labels, second.labels, y * width, 1, width);
    }
    for (let x = 0; x < width; x++) {
      this.vertical.addLine(first.labels, second.labels, x, width, height);
    }
  }

  /** Along the rows: + is to the right. */
  get x(): AxisDisplacement {
    return this.horizontal.figures();
  }

  /** Along the columns: + is down. */
  get y(): AxisDisplacement {
    return this.vertical.figures();
  }
}

interface Border {
  /** Index of the second pixel on the line. */
  readonly at: number;
  /** first class * 256 + second class */
  readonly classes: number;
}

class AxisCounts {
  /** Per third, displacements from -FARTHEST_BORDER up. */
  private readonly counts = [new Uint32Array(BINS), new Uint32Array(BINS), new Uint32Array(BINS)];
  private seen = 0;

  addLine(first: Uint8Array, second: Uint8Array, start: number, step: number, pixels: number): void {
    const from = bordersOf(first, start, step, pixels);
    if (from.length === 0) return;
    const to = bordersOf(second, start, step, pixels);
    this.seen += from.length;
    for (const border of from) {
      const partner = nearest(to, border);
      if (partner === null || nearest(from, partner) !== border) continue;
      const counts = this.counts[Math.floor((3 * border.at) / pixels)] as Uint32Array;
      const bin = partner.at - border.at + FARTHEST_BORDER;
      counts[bin] = (counts[bin] as number) + 1;
    }
  }

  figures(): AxisDisplacement {
    const [left, middle, right] = this.counts as [Uint32Array, Uint32Array, Uint32Array];
    const all = left.map((count, bin) => count + (middle[bin] as number) + (right[bin] as number));
    const borders = all.reduce((sum, count) => sum + count, 0);
    const distance = all.reduce((sum, count, bin) => sum + count * Math.abs(bin - FARTHEST_BORDER), 0);
    return {
      borders,
      matched01: this.seen === 0 ? 0 : borders / this.seen,
      thirds: [groupedMedian(left), groupedMedian(middle), groupedMedian(right)],
      median: groupedMedian(all),
      meanDistance: borders < FEWEST_BORDERS ? null : distance / borders,
    };
  }
}

function bordersOf(labels: Uint8Array, start: number, step: number, pixels: number): readonly Border[] {
  const borders: Border[] = [];
  let before = labels[start] as number;
  for (let i = 1, at = start + step; i < pixels; i++, at += step) {
    const label = labels[at] as number;
    if (label === before) continue;
    if (label !== VOID_LABEL && before !== VOID_LABEL) borders.push({ at: i, classes: before * 256 + label });
    before = label;
  }
  return borders;
}

/** The first of the nearest; null if none between the same classes is near enough. */
function nearest(borders: readonly Border[], { at, classes }: Border): Border | null {
  let best: Border | null = null;
  let least = FARTHEST_BORDER + 1;
  for (const border of borders) {
    const distance = Math.abs(border.at - at);
    if (border.classes === classes && distance < least) {
      least = distance;
      best = border;
    }
  }
  return best;
}

function groupedMedian(counts: Uint32Array): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < FEWEST_BORDERS) return null;
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin] as number;
    if (below + count >= total / 2) {
      return bin - FARTHEST_BORDER - 0.5 + (total / 2 - below) / count;
    }
    below += count;
  }
  return null;
}
