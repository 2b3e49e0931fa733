import { expect, test } from 'vitest';
import { floatToHalf, halfToFloat } from './half-float.ts';

test.each([
  [0, 0x0000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [Infinity, 0x7c00],
])('%f is the half %i and back', (value, bits) => {
  expect(floatToHalf(value)).toBe(bits);
  expect(halfToFloat(bits)).toBe(value);
});

test('every half survives conversion to float and back', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = halfToFloat(bits);
    if (!Number.isNaN(value)) expect(floatToHalf(value)).toBe(bits);
  }
});

test('ties are rounded to even, and values that are too large become infinite', () => {
  expect(floatToHalf(1 + 2 ** -11)).toBe(0x3c00);
  expect(floatToHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
  expect(floatToHalf(65520)).toBe(0x7c00);
  expect(floatToHalf(65519)).toBe(0x7bff);
  expect(floatToHalf(2 ** -25)).toBe(0);
  expect(halfToFloat(floatToHalf(NaN))).toBeNaN();
});
