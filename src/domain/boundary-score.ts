/** How well the borders between classes are met: the boundary F-score of one picture. */
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
  const disc = discOffsets(tolerance);
  const actual = borderOf(truth);
  const predicted = borderOf(prediction);
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

interface Border {
  /** Row-major; the class of every border pixel, void elsewhere. A pixel lies on the border of its own class only. */
  readonly classes: Uint8Array;
  /** Where those pixels lie; the first `count` entries. */
  readonly places: Int32Array;
  readonly count: number;
}

/** Each pixel is compared with its right and its lower neighbour; a difference makes border pixels of both. */
function borderOf({ width, height, labels }: LabelMap): Border {
  const classes = new Uint8Array(labels.length).fill(VOID_LABEL);
  const places = new Int32Array(labels.length);
  let count = 0;
  const mark = (at: number) => {
    if (classes[at] !== VOID_LABEL || labels[at] === VOID_LABEL) return;
    classes[at] = labels[at] as number;
    places[count++] = at;
  };
  for (let y = 0, i = 0; y < height; y++) {
    const below = y + 1 < height ? width : 0;
    for (let x = 1; x <= width; x++, i++) {
      const label = labels[i];
      if (x < width && labels[i + 1] !== label) {
        mark(i);
        mark(i + 1);
      }
      if (labels[i + below] !== label) {
        mark(i);
        mark(i + below);
      }
    }
  }
  return { classes, places, count };
}

interface Offset {
  readonly dx: number;
  readonly dy: number;
}

/** Every step shorter than the tolerance, the shortest first: most borders are found within a few of them. */
function discOffsets(tolerance: number): readonly Offset[] {
  const reach = Math.ceil(tolerance);
  const side = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  return side
    .flatMap((dy) => side.map((dx) => ({ dx, dy })))
    .filter(({ dx, dy }) => Math.hypot(dx, dy) < tolerance || (dx === 0 && dy === 0))
    .sort((a, b) => Math.hypot(a.dx, a.dy) - Math.hypot(b.dx, b.dy));
}

/** Per class: border pixels of `from`, and how many of them have one of the same class of `to` within the disc. */
function matchesByClass(
  from: Border,
  to: Border,
  disc: readonly Offset[],
  { width, height }: LabelMap,
): { readonly pixels: Uint32Array; readonly hits: Uint32Array } {
  const pixels = new Uint32Array(256);
  const hits = new Uint32Array(256);
  const steps = Int32Array.from(disc, ({ dx, dy }) => dy * width + dx);
  const reach = disc.reduce((most, { dx }) => Math.max(most, dx), 0);
  const targets = to.classes;
  for (let i = 0; i < from.count; i++) {
    const at = from.places[i] as number;
    const label = from.classes[at] as number;
    pixels[label] = (pixels[label] as number) + 1;
    const x = at % width;
    const y = (at - x) / width;
    const inside = x >= reach && y >= reach && x + reach < width && y + reach < height;
    for (let k = 0; k < steps.length; k++) {
      if (targets[at + (steps[k] as number)] !== label) continue;
      if (!inside && !isWithin(x, y, disc[k] as Offset, width, height)) continue;
      hits[label] = (hits[label] as number) + 1;
      break;
    }
  }
  return { pixels, hits };
}

/** A step over the left or right edge lands in another row: what lies there is not near. */
function isWithin(x: number, y: number, { dx, dy }: Offset, width: number, height: number): boolean {
  return x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
}
