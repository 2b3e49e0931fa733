import { expect, test } from 'vitest';
import { makeDoubleRun, makeRun, NO_EVENTS } from '../domain/testing/run-record.ts';
import { labelOf, labelRuns } from './run-label.ts';

const invalid = { ...NO_EVENTS, contextLost: true };

test("equal names are numbered, a run without a name takes its model's, and an invalid run is marked", () => {
  const runs = [
    makeRun({ name: 'desk' }),
    makeRun({ name: 'desk', events: invalid }),
    makeRun({ name: 'desk (2)' }),
    makeRun({ name: ' ' }),
  ];
  expect([...labelRuns(runs).values()]).toEqual([
    'desk',
    'desk (2) [not valid]',
    'desk (2) (2)',
    'segscope-mnv2-257',
  ]);
});

test('throws for a run that has no label', () =>
  expect(() => labelOf(labelRuns([]), makeRun({ name: 'stranger' }))).toThrow('stranger'));

test('a run on a test double keeps that mark under any name', () => {
  const run = makeDoubleRun({ name: 'Edge TPU, at last' });
  expect(labelOf(labelRuns([run]), run)).toContain('Edge TPU, at last [TEST DOUBLE]');
});
