/** A linear axis from 0: the positions of values, and the round numbers beside it. */

export interface Axis {
  /** Value at the far end; at least the largest value given. */
  readonly end: number;
  /** 0 and round numbers up to `end`. */
  readonly ticks: readonly number[];
  /** Position of a value along the axis, px from its beginning. */
  readonly at: (value: number) => number;
}

/** The same, but `end` is the largest value itself: for a scale of frames, which ends with the last one. */
export function axisWithin(largest: number, length: number, most = 6): Axis {
  const { ticks } = axisTo(largest, length, most);
  const end = largest > 0 ? largest : 1;
  return { end, ticks: ticks.filter((tick) => tick <= end), at: (value) => (value / end) * length };
}

/**
 * Ticks are 1, 2 or 5 times a power of ten apart.
 * @param largest value to show; 0 gives an axis from 0 to 1
 * @param length px
 * @param most number of steps
 */
export function axisTo(largest: number, length: number, most = 6): Axis {
  const range = largest > 0 ? largest : 1;
  const power = 10 ** Math.floor(Math.log10(range / most));
  const step = power * ([1, 2, 5, 10].find((factor) => range / (factor * power) <= most) ?? 10);
  const steps = Math.ceil(range / step - 1e-9);
  const end = steps * step;
  return {
    end,
    ticks: Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(6))),
    at: (value) => (value / end) * length,
  };
}
