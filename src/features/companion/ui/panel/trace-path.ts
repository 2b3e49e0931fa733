/** A quantity over time as an SVG path in a box of 100 x 100; missing values interrupt the line. */

/** Value at a moment; null = not measured. */
export interface TracePoint {
  /** Ascending: seconds or a frame number. */
  readonly at: number;
  readonly value: number | null;
}

/** Of the values, both in their unit. */
export interface TraceScale {
  readonly low: number;
  readonly high: number;
}

/** From the next lower to the next higher multiple of `step` > 0, at least one step apart; null without values. */
export function traceScale(traces: readonly (readonly TracePoint[])[], step: number): TraceScale | null {
  const values = traces.flat().flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return null;
  const low = Math.floor(Math.min(...values) / step) * step;
  return { low, high: Math.max(low + step, Math.ceil(Math.max(...values) / step) * step) };
}

/**
 * The newest point of all lies at the right edge (`newest`), `span` before it the left one; a point alone between two
 * gaps is drawn as a dot.
 */
export function tracePath(
  points: readonly TracePoint[],
  scale: TraceScale,
  newest: number,
  span: number,
): string {
  let pen = 'M';
  let path = '';
  for (const { at, value } of points) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    const x = hundredths(100 * (1 - (newest - at) / span));
    if (x < 0) continue;
    const y = hundredths(100 * (1 - (value - scale.low) / (scale.high - scale.low)));
    path += pen === 'M' ? `M${x} ${y}h0` : `L${x} ${y}`;
    pen = 'L';
  }
  return path;
}

const hundredths = (value: number) => Math.round(value * 100) / 100;
