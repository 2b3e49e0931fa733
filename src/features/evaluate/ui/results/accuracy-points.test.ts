import { describe, expect, test } from 'vitest';
import { makeEvaluationResult } from '../../testing/evaluation-results.ts';
import { accuracyPoints, dataSetsOf, frontAndRest, paretoFront } from './accuracy-points.ts';
import fc from 'fast-check';

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

const point = (latencyMs: number, accuracy: number) => ({ latencyMs, accuracy });

describe('paretoFront', () => {
  test('leaves out what is slower and no more accurate', () => {
    const points = [point(100, 0.7), point(20, 0.4), point(50, 0.35), point(200, 0.7), point(300, 0.8)];
    expect(paretoFront(points)).toEqual([point(20, 0.4), point(100, 0.7), point(300, 0.8)]);
  });

  test('keeps equal points', () =>
    expect(paretoFront([point(10, 0.5), point(10, 0.5), point(10, 0.4)])).toHaveLength(2));

  test('holds exactly the points that no other dominates', () => {
    const whole = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(fc.array(fc.record({ latencyMs: whole, accuracy: whole }), { maxLength: 12 }), (points) => {
        const dominated = (p: (typeof points)[number]) =>
          points.some(
            (q) =>
              q.latencyMs <= p.latencyMs &&
              q.accuracy >= p.accuracy &&
              (q.latencyMs < p.latencyMs || q.accuracy > p.accuracy),
          );
        const front = paretoFront(points);
        expect(new Set(front)).toEqual(new Set(points.filter((p) => !dominated(p))));
      }),
    );
  });
});
