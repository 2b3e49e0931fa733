/** Results as points of accuracy against latency. */
import type { EvaluationResult } from '../../../../domain/accuracy/evaluation.ts';
import { dataSetWords, resultWords } from '../evaluation-words.ts';

export interface AccuracyPoint extends SpeedAndAccuracy {
  readonly id: string;
  /** As in the table of results, from 1. */
  readonly number: number;
  readonly name: string;
  /** The accuracy, mean IoU over the classes present, in percent. */
  readonly percent: number;
}

/** Only results over the same pictures can be compared. */
export function dataSetsOf(results: readonly EvaluationResult[]): readonly string[] {
  return [...new Set(results.map(dataSetWords))];
}

/** @param results all of the table, in its order; latencyMs is the median from bitmap to label map */
export function accuracyPoints(
  results: readonly EvaluationResult[],
  dataSet: string,
): readonly AccuracyPoint[] {
  return results.flatMap((result, index) => {
    const { latency, figures, id } = result;
    if (latency === null || figures.meanIou === null || dataSetWords(result) !== dataSet) return [];
    const accuracy = figures.meanIou.value;
    const name = resultWords(result);
    return [{ id, number: index + 1, name, latencyMs: latency.segmentMs, accuracy, percent: accuracy * 100 }];
  });
}

export interface FrontAndRest {
  /** No other result is both faster and more accurate; fastest first. */
  readonly front: readonly AccuracyPoint[];
  readonly rest: readonly AccuracyPoint[];
}

export function frontAndRest(points: readonly AccuracyPoint[]): FrontAndRest {
  const front = paretoFront(points);
  return { front, rest: points.filter((point) => !front.includes(point)) };
}

interface SpeedAndAccuracy {
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
