/** Labels the pixels of one cell of a coarse grid, row by row, when its corners disagree. */
import type { AxisWeights } from '../labels/axis-weights.ts';
import { CellContenders } from '../labels/cell-contenders.ts';

/** How interpolated logits are compared. */
export type ArgmaxMode =
  /** As real numbers. */
  | 'exact'
  /** Integer logits only: rounded half up to integers first, as a quantised network stores them. */
  | 'rounded';

/** Works on one cell at a time: call `contenders` first, then `label`. Nothing is allocated per cell. */
export class BoundaryCell {
  readonly contenders: CellContenders;
  private readonly mode: ArgmaxMode;
  /** Value of each contender at the two ends of the row being labelled. */
  private readonly left: Float64Array;
  private readonly right: Float64Array;

  constructor(classes: number, mode: ArgmaxMode) {
    this.contenders = new CellContenders(classes);
    this.mode = mode;
    this.left = new Float64Array(classes);
    this.right = new Float64Array(classes);
  }

  /** Labels the cell's pixels: rows y0..y1 and columns x0..x1 (ends excluded) of `out`, `stride` pixels wide. */
  label(
    out: Uint8Array,
    stride: number,
    vertical: AxisWeights,
    horizontal: AxisWeights,
    y0: number,
    y1: number,
    x0: number,
    x1: number,
  ): void {
    const { left, right } = this;
    const { count, classIndex, topLeft, topRight, bottomLeft, bottomRight } = this.contenders;
    const exact = this.mode === 'exact';
    if (exact && count === 2) {
      this.labelPair(out, stride, vertical, horizontal, y0, y1, x0, x1);
      return;
    }
    for (let y = y0; y < y1; y++) {
      const u = vertical.near[y] as number;
      const v = vertical.far[y] as number;
      let bestLeft = -Infinity;
      let bestRight = -Infinity;
      let winnerLeft = 0;
      let winnerRight = 0;
      for (let i = 0; i < count; i++) {
        const l = u * (topLeft[i] as number) + v * (bottomLeft[i] as number);
        const r = u * (topRight[i] as number) + v * (bottomRight[i] as number);
        left[i] = l;
        right[i] = r;
        if (l > bestLeft) {
          bestLeft = l;
          winnerLeft = i;
        }
        if (r > bestRight) {
          bestRight = r;
          winnerRight = i;
        }
      }
      const row = y * stride;
      if (winnerLeft === winnerRight && (exact || this.leadsByOne(winnerLeft, vertical.denominator))) {
        const label = classIndex[winnerLeft] as number;
        for (let x = x0; x < x1; x++) out[row + x] = label;
      } else if (exact) this.labelRowExact(out, row, horizontal, x0, x1);
      else this.labelRowRounded(out, row, horizontal, vertical.denominator, x0, x1);
    }
  }

  /** label() for the common case, two contenders compared exactly, without going through the scratch arrays. */
  private labelPair(
    out: Uint8Array,
    stride: number,
    vertical: AxisWeights,
    horizontal: AxisWeights,
    y0: number,
    y1: number,
    x0: number,
    x1: number,
  ): void {
    const { classIndex, topLeft, topRight, bottomLeft, bottomRight } = this.contenders;
    const { near, far } = horizontal;
    const first = classIndex[0] as number;
    const second = classIndex[1] as number;
    const a00 = topLeft[0] as number;
    const a01 = topRight[0] as number;
    const a10 = bottomLeft[0] as number;
    const a11 = bottomRight[0] as number;
    const b00 = topLeft[1] as number;
    const b01 = topRight[1] as number;
    const b10 = bottomLeft[1] as number;
    const b11 = bottomRight[1] as number;
    for (let y = y0; y < y1; y++) {
      const u = vertical.near[y] as number;
      const v = vertical.far[y] as number;
      const al = u * a00 + v * a10;
      const ar = u * a01 + v * a11;
      const bl = u * b00 + v * b10;
      const br = u * b01 + v * b11;
      const row = y * stride;
      if (bl > al === br > ar) {
        const label = bl > al ? second : first;
        for (let x = x0; x < x1; x++) out[row + x] = label;
      } else {
        for (let x = x0; x < x1; x++) {
          const s = near[x] as number;
          const t = far[x] as number;
          out[row + x] = s * bl + t * br > s * al + t * ar ? second : first;
        }
      }
    }
  }

  /** True if, at both ends of the row, the winner is a whole unit above every class that would win a tie. */
  private leadsByOne(winner: number, unit: number): boolean {
    const { left, right } = this;
    const l = (left[winner] as number) - unit;
    const r = (right[winner] as number) - unit;
    for (let i = 0; i < winner; i++) if ((left[i] as number) > l || (right[i] as number) > r) return false;
    return true;
  }

  private labelRowExact(out: Uint8Array, row: number, horizontal: AxisWeights, x0: number, x1: number): void {
    const { left, right } = this;
    const { count, classIndex } = this.contenders;
    const { near, far } = horizontal;
    for (let x = x0; x < x1; x++) {
      const s = near[x] as number;
      const t = far[x] as number;
      let best = s * (left[0] as number) + t * (right[0] as number);
      let winner = 0;
      for (let i = 1; i < count; i++) {
        const value = s * (left[i] as number) + t * (right[i] as number);
        if (value > best) {
          best = value;
          winner = i;
        }
      }
      out[row + x] = classIndex[winner] as number;
    }
  }

  private labelRowRounded(
    out: Uint8Array,
    row: number,
    horizontal: AxisWeights,
    verticalDenominator: number,
    x0: number,
    x1: number,
  ): void {
    const { left, right } = this;
    const { count, classIndex } = this.contenders;
    const { near, far } = horizontal;
    const unit = verticalDenominator * horizontal.denominator;
    const half = unit / 2;
    for (let x = x0; x < x1; x++) {
      const s = near[x] as number;
      const t = far[x] as number;
      let best = s * (left[0] as number) + t * (right[0] as number);
      let winner = 0;
      for (let i = 1; i < count; i++) {
        const value = s * (left[i] as number) + t * (right[i] as number);
        if (value > best) {
          best = value;
          winner = i;
        }
      }
      if (winner > 0) {
        // Every value that rounds to the same integer as the best ties with it, and the lowest index wins.
        const tied = Math.floor((best + half) / unit) * unit - half;
        for (let i = 0; i < winner; i++) {
          if (s * (left[i] as number) + t * (right[i] as number) >= tied) {
            winner = i;
            break;
          }
        }
      }
      out[row + x] = classIndex[winner] as number;
    }
  }
}
