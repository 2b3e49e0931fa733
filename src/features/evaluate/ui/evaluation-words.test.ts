import { expect, test } from 'vitest';
import { UNKNOWN } from '../../../ui-kit/quantity.ts';
import { choiceWords, formatPercent, formatPixels, formatPoints } from './evaluation-words.ts';

test('a share is written in percent with two decimals, an unknown one as a dash', () =>
  expect([0.75321, 0, 1, null].map(formatPercent)).toEqual(['75.32', '0.00', '100.00', '–']));

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

test('a model that is no longer listed is named by its id', () => {
  const choice = {
    modelId: 'gone',
    backend: 'wasm',
    inputSize: 257,
    pipeline: 'ours',
    preprocessing: 'fit',
  } as const;
  expect(choiceWords(choice, [])).toBe('gone · wasm · 257 px · ours · fit');
  expect(choiceWords({ ...choice, preprocessing: 'crop', upsampling: 'unaligned' }, [])).toBe(
    'gone · wasm · 257 px · ours · crop · align_corners off',
  );
});
