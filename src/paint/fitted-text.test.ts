import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ellipsise, wrapText } from './fitted-text.ts';

/** Every character is one wide. */
const measure = (text: string) => Array.from(new Intl.Segmenter().segment(text)).length;

describe('wrapText', () => {
  test('breaks between words', () =>
    expect(wrapText('one two three', 7, measure)).toEqual(['one two', 'three']));

  test('breaks a word only if it is too wide on its own', () =>
    expect(wrapText('a 0123456789 b', 4, measure)).toEqual(['a', '0123', '4567', '89 b']));

  test('never splits a character', () =>
    expect(wrapText('e\u0301e\u0301', 1, measure)).toEqual(['e\u0301', 'e\u0301']));

  test('gives no lines for blank text', () => expect(wrapText('  ', 10, measure)).toEqual([]));

  test('keeps every character in order and every line within the width', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        const lines = wrapText(text, width, measure);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
      }),
    ));

  test('terminates even if nothing fits', () => expect(wrapText('abc', 0, measure)).toEqual(['a', 'b', 'c']));
});

describe('ellipsise', () => {
  test('keeps a text that fits', () => expect(ellipsise('sheep', 5, measure)).toBe('sheep'));

  test('keeps as much of the beginning as fits', () => {
    expect(ellipsise('pottedplant', 7, measure)).toBe('potted…');
    expect(ellipsise('motor bike', 7, measure)).toBe('motor…');
    expect(ellipsise('x', 0, measure)).toBe('…');
  });
});
