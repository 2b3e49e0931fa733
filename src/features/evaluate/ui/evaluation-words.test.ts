import { expect, test } from 'vitest';
import { UNKNOWN } from '../../../domain/quantity.ts';
import { browserSetup } from '../../../domain/setup.ts';
import { choiceWords, formatPixels, formatPoints } from './evaluation-words.ts';

test('a difference carries its sign, unless it rounds to nothing', () =>
  expect([0.012, -0.0035, 0.00001, -0.00001].map(formatPoints)).toEqual(['+1.20', '−0.35', '0.00', '0.00']));

test('a shift has a sign unless it is 0, a distance never; an unknown one is a dash', () => {
  expect([7.36, -0.31, 0.04, -0.04].map((pixels) => formatPixels(pixels))).toEqual([
    '+7.4',
    '−0.3',
    '0.0',
    '0.0',
  ]);
  expect(formatPixels(2.25, false)).toBe('2.3');
  expect(formatPixels(null)).toBe(UNKNOWN);
});

test('a model that is no longer listed is named by its id, and pre-processing is always included', () => {
  expect(choiceWords(browserSetup('gone', 257, 'wasm'), [])).toBe('gone · wasm · 257 px · fit');
  const other = browserSetup('gone', 257, 'wasm', { preprocessing: 'crop', upsampling: 'unaligned' });
  expect(choiceWords(other, [])).toBe('gone · wasm · 257 px · crop · upsampling unaligned');
});
