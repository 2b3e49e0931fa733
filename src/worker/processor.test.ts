import { expect, test } from 'vitest';
import { processorName } from './processor.ts';

test('the CPU is named by its logical cores', () => {
  expect(processorName(1)).toBe('1 logical core');
  expect(processorName(2)).toBe('2 logical cores');
});
