/** How well a prediction matches the borders between classes: the boundary F-score of one picture. */
import { BitPlane, type DiscRow } from './bit-plane.ts';
import { labelRunStarts } from '../labels/label-run-starts.ts';
import type { LabelMap } from '../labels/label-map.ts';
import { VOID_LABEL } from '../labels/label-map.ts';

/** Borders closer than this share of the picture's diagonal count as matched (Csurka et al., section 3.2). */
const BOUNDARY_TOLERANCE01 = 0.0075;

/** One class of one picture. */
export interface BoundaryScore {
  readonly index: number;
  /** 0..1 */
  readonly f: number;
}

/**
 * F1 of the class borders (Csurka, Larlus and Perronnin, "What is a good evaluation measure for semantic
 * segmentation?", BMVC 2013), for every class with a border in truth or prediction, rising:
 * precision = share of the prediction's border pixels closer than the tolerance to a border pixel of the truth; recall
 * is the same with the roles swapped; distances are Euclidean. The score is 0 if only one of the two has a border.
 *
 * A border pixel of a class has that class, and at least one of its four neighbours does not; the picture's edge is not
 * a border. Void pixels of the truth have no class. There the truth's border runs along the void band that VOC draws
 * round its objects, and the prediction's border, somewhere inside the band, is within the tolerance.
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
  const disc = discRows(tolerance01 * Math.hypot(width, height));
  const actual = borderPlanes(truth);
  const predicted = borderPlanes(prediction);
  const indices = [...new Set([...actual.keys(), ...predicted.keys()])].sort((a, b) => a - b);
  return indices.map((index) => {
    const [wanted, given] = [actual.get(index), predicted.get(index)];
    if (wanted === undefined || given === undefined) return { index, f: 0 };
    const precision = given.countWith(wanted.grown(disc)) / given.count();
    const recall = wanted.countWith(given.grown(disc)) / wanted.count();
    return { index, f: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
  });
}

/**
 * The border pixels of every class that has any. Along a row, a border lies at the beginning of every run. Down the
 * columns, a border lies wherever a run sits above a run of another class. So the loop visits only borders, not every
 * pixel.
 */
function borderPlanes(map: LabelMap): ReadonlyMap<number, BitPlane> {
  const { width, labels } = map;
  const planes = new Map<number, BitPlane>();
  /** All pixels from start to end have the same label. */
  const mark = (start: number, end: number) => {
    const label = labels[start] as number;
    if (label === VOID_LABEL) return;
    let plane = planes.get(label);
    if (plane === undefined) planes.set(label, (plane = new BitPlane(map)));
    plane.mark(start, end);
  };
  const starts = labelRunStarts(labels);
  for (let run = 1; run + 1 < starts.length; run++) {
    const at = starts[run] as number;
    if (at % width === 0) continue;
    mark(at - 1, at);
    mark(at, at + 1);
  }
  const last = labels.length - width;
  let upper = 0;
  let lower = 0;
  for (let at = 0; at < last;) {
    while ((starts[upper + 1] as number) <= at) upper++;
    while ((starts[lower + 1] as number) <= at + width) lower++;
    const end = Math.min(starts[upper + 1] as number, (starts[lower + 1] as number) - width, last);
    if (labels[at] !== labels[at + width]) {
      mark(at, end);
      mark(at + width, end + width);
    }
    at = end;
  }
  return planes;
}

/** Everything closer than the tolerance, and always the centre. */
function discRows(tolerance: number): readonly DiscRow[] {
  const farthest = Math.ceil(tolerance);
  const side = Array.from({ length: 2 * farthest + 1 }, (_, i) => i - farthest);
  const within = (dx: number, dy: number) => Math.hypot(dx, dy) < tolerance || (dx === 0 && dy === 0);
  return side
    .filter((dy) => within(0, dy))
    .map((dy) => ({ dy, reach: Math.max(...side.filter((dx) => within(dx, dy))) }));
}
