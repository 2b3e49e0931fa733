/** The classes that can win somewhere inside one cell of a coarse grid, with their logits at its four corners. */

/**
 * Scratch space for one cell at a time, allocated once per number of classes; only the first `count` entries are valid.
 */
export class CellContenders {
  count = 0;
  /** Class indices, rising, so that a tie goes to the lowest. */
  readonly classIndex: Int32Array;
  readonly topLeft: Float64Array;
  readonly topRight: Float64Array;
  readonly bottomLeft: Float64Array;
  readonly bottomRight: Float64Array;

  constructor(classes: number) {
    this.classIndex = new Int32Array(classes);
    this.topLeft = new Float64Array(classes);
    this.topRight = new Float64Array(classes);
    this.bottomLeft = new Float64Array(classes);
    this.bottomRight = new Float64Array(classes);
  }

  /**
   * Keeps the classes that no single class beats at all four corners; the others lose everywhere in the cell.
   * @param a00 offset of the top left corner's logits, a01 top right, a10 bottom left, a11 bottom right
   * @param k00 winning class at the top left corner, and so on
   */
  gather(
    logits: Float32Array,
    a00: number,
    a01: number,
    a10: number,
    a11: number,
    k00: number,
    k01: number,
    k10: number,
    k11: number,
  ): void {
    const { classIndex, topLeft, topRight, bottomLeft, bottomRight } = this;
    const classes = classIndex.length;
    // The corners' winners guarantee at least this value everywhere in the cell; a class that stays below cannot win.
    const guaranteed = Math.max(
      lowest(logits, a00 + k00, a01 + k00, a10 + k00, a11 + k00),
      lowest(logits, a00 + k01, a01 + k01, a10 + k01, a11 + k01),
      lowest(logits, a00 + k10, a01 + k10, a10 + k10, a11 + k10),
      lowest(logits, a00 + k11, a01 + k11, a10 + k11, a11 + k11),
    );
    let count = 0;
    for (let c = 0; c < classes; c++) {
      const v00 = logits[a00 + c] as number;
      const v01 = logits[a01 + c] as number;
      const v10 = logits[a10 + c] as number;
      const v11 = logits[a11 + c] as number;
      if (v00 < guaranteed && v01 < guaranteed && v10 < guaranteed && v11 < guaranteed) continue;
      if (c !== k00 && c !== k01 && c !== k10 && c !== k11) {
        if (beats(logits, a00 + k00, a01 + k00, a10 + k00, a11 + k00, v00, v01, v10, v11)) continue;
        if (beats(logits, a00 + k01, a01 + k01, a10 + k01, a11 + k01, v00, v01, v10, v11)) continue;
        if (beats(logits, a00 + k10, a01 + k10, a10 + k10, a11 + k10, v00, v01, v10, v11)) continue;
        if (beats(logits, a00 + k11, a01 + k11, a10 + k11, a11 + k11, v00, v01, v10, v11)) continue;
      }
      classIndex[count] = c;
      topLeft[count] = v00;
      topRight[count] = v01;
      bottomLeft[count] = v10;
      bottomRight[count] = v11;
      count++;
    }
    this.count = count;
  }
}

/** The smallest of the four values. */
function lowest(logits: Float32Array, a00: number, a01: number, a10: number, a11: number): number {
  return Math.min(logits[a00] as number, logits[a01] as number, logits[a10] as number, logits[a11] as number);
}

/** True if the class at the four offsets is strictly above the four values. */
function beats(
  logits: Float32Array,
  a00: number,
  a01: number,
  a10: number,
  a11: number,
  v00: number,
  v01: number,
  v10: number,
  v11: number,
): boolean {
  return (
    (logits[a00] as number) > v00 &&
    (logits[a01] as number) > v01 &&
    (logits[a10] as number) > v10 &&
    (logits[a11] as number) > v11
  );
}
