/** How well the borders between classes are met: the boundary F-score of one picture. */
import { labelRunStarts } from './label-run-starts.ts';
import type { LabelMap } from './label-map.ts';
import { VOID_LABEL } from './label-map.ts';

/** Borders that lie less than this share of the picture's diagonal apart count as met (Csurka et al., section 3.2). */
export const BOUNDARY_TOLERANCE01 = 0.0075;

/** One class of one picture. */
export interface BoundaryScore {
  readonly index: number;
  /** 0..1 */
  readonly f: number;
}

/**
 * F1 of the class borders (Csurka, Larlus and Perronnin, "What is a good evaluation measure for semantic
 * segmentation?", BMVC 2013), for every class with a border in truth or prediction, rising:
 * precision = share of the prediction's border pixels less than the tolerance away from a border pixel of the truth,
 * recall the other way round, distances Euclidean. 0 where only one of the two has a border.
 *
 * A border pixel of a class has it, and one of its four neighbours does not; the picture's edge is no border. Void
 * pixels of the truth are no class: there the truth's border runs along the void band that VOC lays round its objects,
 * and the prediction's, somewhere within the band, is inside the tolerance.
 * @throws RangeError when the sizes differ
 */
export function boundaryScores(
  truth: LabelMap,
  prediction: LabelMap,
  tolerance01 = BOUNDARY_TOLERANCE01,
): readonly BoundaryScore[] {
  const { width, height } = truth;
  if (width !== prediction.width || height !== prediction.height) {
    throw new RangeError('A boundary score needs truth and prediction of one size.');
  }
  const tolerance = tolerance01 * Math.hypot(width, height);
  const disc = discRows(tolerance);
  const actual = ACTUAL.of(truth);
  const predicted = PREDICTED.of(prediction);
  const precision = matchesByClass(predicted, actual, disc, truth);
  const recall = matchesByClass(actual, predicted, disc, truth);
  const scores: BoundaryScore[] = [];
  for (let index = 0; index < VOID_LABEL; index++) {
    const [p, r] = [precision.pixels[index] as number, recall.pixels[index] as number];
    if (p === 0 && r === 0) continue;
    const [hitsP, hitsR] = [precision.hits[index] as number, recall.hits[index] as number];
    const [shareP, shareR] = [p === 0 ? 0 : hitsP / p, r === 0 ? 0 : hitsR / r];
    scores.push({ index, f: shareP + shareR === 0 ? 0 : (2 * shareP * shareR) / (shareP + shareR) });
  }
  return scores;
}

/** The border pixels of one map at a time, in arrays that the next map overwrites. */
class Border {
  /** Row-major; the class of every border pixel, void elsewhere. A pixel lies on the border of its own class only. */
  classes = new Uint8Array(0);
  /** Where those pixels lie: the first `count` entries. */
  places = new Int32Array(0);
  count = 0;

  /**
   * Along the rows a border lies at the beginning of every run; down the columns wherever the runs of a row lie over
   * runs of another class in the next. So only what is a border is looked at, not every pixel.
   */
  of({ width, labels }: LabelMap): this {
    if (this.classes.length !== labels.length) {
      this.classes = new Uint8Array(labels.length);
      this.places = new Int32Array(labels.length);
    }
    this.classes.fill(VOID_LABEL);
    this.count = 0;
    const starts = labelRunStarts(labels);
    for (let run = 1; run + 1 < starts.length; run++) {
      const at = starts[run] as number;
      if (at % width !== 0) this.mark(labels, at - 1, at + 1);
    }
    const last = labels.length - width;
    let upper = 0;
    let lower = 0;
    for (let at = 0; at < last;) {
      while ((starts[upper + 1] as number) <= at) upper++;
      while ((starts[lower + 1] as number) <= at + width) lower++;
      const end = Math.min(starts[upper + 1] as number, (starts[lower + 1] as number) - width, last);
      if (labels[at] !== labels[at + width]) {
        this.mark(labels, at, end);
        this.mark(labels, at + width, end + width);
      }
      at = end;
    }
    return this;
  }

  private mark(labels: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const label = labels[at] as number;
      if (label === VOID_LABEL || this.classes[at] !== VOID_LABEL) continue;
      this.classes[at] = label;
      this.places[this.count++] = at;
    }
  }
}

/** Reused from picture to picture: they are a megabyte each. */
const ACTUAL = new Border();
const PREDICTED = new Border();
let near = new Int32Array(0);

/** A row of the disc: `dy` rows away, it reaches so far to both sides. */
interface DiscRow {
  readonly dy: number;
  readonly reach: number;
}

/** Everything nearer than the tolerance, the centre always. */
function discRows(tolerance: number): readonly DiscRow[] {
  const farthest = Math.ceil(tolerance);
  const side = Array.from({ length: 2 * farthest + 1 }, (_, i) => i - farthest);
  const within = (dx: number, dy: number) => Math.hypot(dx, dy) < tolerance || (dx === 0 && dy === 0);
  return side
    .filter((dy) => within(0, dy))
    .map((dy) => ({ dy, reach: Math.max(...side.filter((dx) => within(dx, dy))) }));
}

/** Classes that are looked for in one go: as many as a number has bits. */
const BITS = 32;

/**
 * Per class: border pixels of `from`, and how many of them have one of the same class of `to` within the disc. The disc
 * is laid round every pixel of `to`, as a bit of its class, so that each of `from` is answered by one look.
 */
function matchesByClass(
  from: Border,
  to: Border,
  disc: readonly DiscRow[],
  { width, height }: LabelMap,
): { readonly pixels: Uint32Array; readonly hits: Uint32Array } {
  const pixels = new Uint32Array(256);
  const hits = new Uint32Array(256);
  for (let i = 0; i < from.count; i++) {
    const label = from.classes[from.places[i] as number] as number;
    pixels[label] = (pixels[label] as number) + 1;
  }
  const sought = [...pixels.keys()].filter((label) => (pixels[label] as number) > 0);
  if (near.length !== width * height) near = new Int32Array(width * height);
  for (let first = 0; first < sought.length; first += BITS) {
    const bits = new Int32Array(256);
    sought.slice(first, first + BITS).forEach((label, i) => (bits[label] = 1 << i));
    near.fill(0);
    layDiscs(near, to, bits, disc, width, height);
    for (let i = 0; i < from.count; i++) {
      const at = from.places[i] as number;
      const label = from.classes[at] as number;
      if (((near[at] as number) & (bits[label] as number)) !== 0) hits[label] = (hits[label] as number) + 1;
    }
  }
  return { pixels, hits };
}

function layDiscs(
  near: Int32Array,
  { places, classes, count }: Border,
  bits: Int32Array,
  disc: readonly DiscRow[],
  width: number,
  height: number,
): void {
  const rows = Int32Array.from(disc, ({ dy }) => dy);
  const reaches = Int32Array.from(disc, ({ reach }) => reach);
  let before = -2;
  for (let i = 0; i < count; i++) {
    const at = places[i] as number;
    const bit = bits[classes[at] as number] as number;
    const x = at % width;
    const y = (at - x) / width;
    // Beside a pixel of the same class, laid just before, only the right edge of the disc is new.
    const isNext = at === before + 1 && x > 0 && classes[before] === classes[at];
    before = at;
    if (bit === 0) continue;
    for (let k = 0; k < rows.length; k++) {
      const rowY = y + (rows[k] as number);
      if (rowY < 0 || rowY >= height) continue;
      const reach = reaches[k] as number;
      const row = rowY * width;
      const right = Math.min(x + reach, width - 1);
      for (let j = row + (isNext ? right : Math.max(x - reach, 0)); j <= row + right; j++) {
        near[j] = (near[j] as number) | bit;
      }
    }
  }
}
