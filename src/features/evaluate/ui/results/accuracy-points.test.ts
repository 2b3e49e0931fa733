import { describe, expect, test } from 'vitest';
import { makeEvaluationResult } from '../../testing/evaluation-results.ts';
import { accuracyPoints, dataSetsOf, frontAndRest } from './accuracy-points.ts';

const result = (id: string, segmentMs: number, meanIou: number, dataSetName = 'VOC') =>
  makeEvaluationResult({ id, segmentMs, meanIou, dataSetName });

describe('accuracy against latency', () => {
  test('separates the Pareto front, fastest first, from the rest', () => {
    const points = accuracyPoints(
      [result('slow', 90, 0.7), result('beaten', 95, 0.6), result('fast', 20, 0.4)],
      'VOC',
    );
    const { front, rest } = frontAndRest(points);
    expect(front.map(({ id }) => id)).toEqual(['fast', 'slow']);
    expect(rest.map(({ id }) => id)).toEqual(['beaten']);
  });

  test("leaves out results over other pictures, and keeps the table's numbers", () => {
    const all = [result('a', 20, 0.4, 'other'), result('b', 30, 0.5)];
    expect(accuracyPoints(all, 'VOC')).toMatchObject([{ id: 'b', number: 2, percent: 50 }]);
    expect(dataSetsOf(all)).toEqual(['other', 'VOC']);
  });
});
