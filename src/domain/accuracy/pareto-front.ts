/** Which configurations no other beats in both speed and accuracy. */

export interface SpeedAndAccuracy {
  /** ms per picture; less is better. */
  readonly latencyMs: number;
  /** 0..1; more is better. */
  readonly accuracy: number;
}

/**
 * The points that no other point dominates (at least as fast and as accurate, and better in one of the two), fastest
 * first. Equal points all stand on the front.
 */
export function paretoFront<Point extends SpeedAndAccuracy>(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.latencyMs - b.latencyMs || b.accuracy - a.accuracy);
  const front: Point[] = [];
  for (const point of sorted) {
    const last = front.at(-1);
    const equal = last?.latencyMs === point.latencyMs && last.accuracy === point.accuracy;
    if (last === undefined || equal || point.accuracy > last.accuracy) front.push(point);
  }
  return front;
}
