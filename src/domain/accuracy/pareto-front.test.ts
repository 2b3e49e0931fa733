import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paretoFront } from './pareto-front.ts';

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
