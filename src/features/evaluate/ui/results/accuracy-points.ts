/** Results as points of accuracy against latency. */
import type { EvaluationResult } from '../../../../domain/accuracy/evaluation.ts';
import { paretoFront, type SpeedAndAccuracy } from '../../../../domain/accuracy/pareto-front.ts';
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
