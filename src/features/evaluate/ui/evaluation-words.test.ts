import { expect, test } from 'vitest';
import { UNKNOWN } from '../../../domain/quantity.ts';
import { choiceWords, formatPixels, formatPoints } from './evaluation-words.ts';

test('a difference carries its sign, unless it rounds to nothing', () =>
  expect([0.012, -0.0035, 0.00001, -0.00001].map(formatPoints)).toEqual(['+1.20', '−0.35', '0.00', '0.00']));

test('a shift has a sign unless it is none; a distance never; what is not known is no number', () => {
  expect([7.36, -0.31, 0.04, -0.04].map((pixels) => formatPixels(pixels))).toEqual([
    '+7.4',
    '−0.3',
    '0.0',
    '0.0',
  ]);
  expect(formatPixels(2.25, false)).toBe('2.3');
  expect(formatPixels(null)).toBe(UNKNOWN);
});

test('a choice of a model that is no longer listed goes by its id', () => {
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
