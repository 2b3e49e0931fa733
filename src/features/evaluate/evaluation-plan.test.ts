import { expect, test } from 'vitest';
import { estimateEvaluation } from './evaluation-plan.ts';

test('counts the pictures of later choices like the remaining pictures of this one', () =>
  expect(estimateEvaluation(0, 2, { done: 25, total: 100, before: 0, elapsedMs: 5000 })).toEqual({
    progress01: 0.125,
    secondsLeft: 35,
  }));

test('counts pictures scored by an earlier page as done, without making this page look faster', () =>
  expect(estimateEvaluation(0, 1, { done: 60, total: 100, before: 50, elapsedMs: 5000 })).toEqual({
    progress01: 0.6,
    secondsLeft: 20,
  }));

test('estimates nothing while a choice is loading or before its first picture', () => {
  const loading = { done: 0, total: 4, before: 0, elapsedMs: 0 };
  expect(estimateEvaluation(1, 2, loading)).toEqual({ progress01: 0.5, secondsLeft: null });
  const resumed = { done: 2, total: 4, before: 2, elapsedMs: 900 };
  expect(estimateEvaluation(0, 1, resumed).secondsLeft).toBeNull();
});
