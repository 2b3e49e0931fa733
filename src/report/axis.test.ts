import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisTo, axisWithin } from './axis.ts';

test('an axis ends at a round number above the largest value', () => {
  expect(axisTo(43, 100)).toMatchObject({ end: 50, ticks: [0, 10, 20, 30, 40, 50] });
  expect(axisTo(0.7, 100)).toMatchObject({ end: 0.8, ticks: [0, 0.2, 0.4, 0.6, 0.8] });
  expect(axisTo(0, 100).end).toBe(1);
});

test('an axis of frames ends with the last frame', () => {
  const axis = axisWithin(1024, 688, 10);
  expect(axis).toMatchObject({ end: 1024, ticks: [0, 200, 400, 600, 800, 1000] });
  expect(axis.at(1024)).toBe(688);
});

test('every value lies within the length, and no axis has more steps than requested', () =>
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (largest) => {
      const axis = axisTo(largest, 100);
      expect(axis.at(largest)).toBeLessThanOrEqual(100 + 1e-6);
      expect(axis.at(largest)).toBeGreaterThan(30);
      expect(axis.ticks.length).toBeLessThanOrEqual(7);
      expect(axis.ticks.length).toBeGreaterThanOrEqual(3);
    }),
  ));
