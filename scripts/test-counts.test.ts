import { expect, test } from 'vitest';
import { addCounts, countPlaywright, countsLine, countVitest, withFailure } from './test-counts.ts';

const vitest = (status: string, assertionResults: readonly unknown[]) => ({
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [{ status, assertionResults }],
});
const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2, duration: 12.5 };

test("reads the counts of Vitest's report", () =>
  expect(countVitest(vitest('passed', [{}]))).toEqual({ passed: 5, failed: 1, skipped: 3 }));

test('a test file that fails before its first test counts as a failure', () => {
  expect(countVitest(vitest('failed', [])).failed).toBe(2);
  expect(countVitest(vitest('failed', [{}])).failed).toBe(1);
});

test('a flaky Playwright test counts as a failure, and so does an error outside tests', () => {
  expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 3, failed: 2, skipped: 2 });
  expect(countPlaywright({ stats, errors: [{ message: 'no tests found' }] }).failed).toBe(3);
});

test('a report in another format is refused, never counted as empty', () => {
  expect(() => countVitest({})).toThrow();
  expect(() => countPlaywright({ stats: {} })).toThrow();
});

test('a step that fails without a failing test counts as one failure', () => {
  expect(withFailure({ passed: 4, failed: 0, skipped: 0 }).failed).toBe(1);
  expect(withFailure({ passed: 4, failed: 3, skipped: 0 }).failed).toBe(3);
});

test('the last line adds up the steps', () => {
  const sum = addCounts({ passed: 5, failed: 1, skipped: 3 }, { passed: 3, failed: 0, skipped: 0 });
  expect(countsLine(sum)).toBe('8 passed, 1 failed');
});
