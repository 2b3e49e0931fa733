import { expect, test } from 'vitest';
import { tracePath, traceScale } from './trace-path.ts';

const points = (...values: readonly (number | null)[]) =>
  values.map((value, second) => ({ at: second, value }));

test('the scale ends at multiples of the step around all traces, and is never empty', () => {
  expect(traceScale([points(41, 57), points(48)], 10)).toEqual({ low: 40, high: 60 });
  expect(traceScale([points(40)], 10)).toEqual({ low: 40, high: 50 });
  expect(traceScale([points(null), []], 10)).toBeNull();
});

test('time runs to the right and values run upwards', () =>
  expect(tracePath(points(0, 5, 10), { low: 0, high: 10 }, 2, 2)).toBe('M0 100h0L50 50L100 0'));

test('missing values interrupt the line', () =>
  expect(tracePath(points(0, null, 10), { low: 0, high: 10 }, 2, 2)).toBe('M0 100h0M100 0h0'));

test('points older than the span are left out', () =>
  expect(tracePath(points(0, 5, 10), { low: 0, high: 10 }, 2, 1)).toBe('M0 50h0L100 0'));
