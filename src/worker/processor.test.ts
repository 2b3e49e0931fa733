import { expect, test } from 'vitest';
import { processorName, threadsFor } from './processor.ts';

test('starts one thread per two logical cores, at least one and at most four', () =>
  expect([1, 2, 3, 4, 6, 8, 16, 64].map(threadsFor)).toEqual([1, 1, 1, 2, 3, 4, 4, 4]));

test('the CPU is named by its logical cores', () => {
  expect(processorName(1)).toBe('1 logical core');
  expect(processorName(2)).toBe('2 logical cores');
});
