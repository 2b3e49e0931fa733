import { describe, expect, test } from 'vitest';
import { count, milliseconds, percent, rate, ratio, signedMilliseconds, UNKNOWN } from './quantity.ts';

describe('quantities', () => {
  test.each([
    [0, '0'],
    [0.0004, '0.00'],
    [0.354, '0.35'],
    [9.994, '9.99'],
    [9.995, '10.0'],
    [48.21, '48.2'],
    [99.94, '99.9'],
    [99.95, '100'],
    [6250.4, '6250'],
  ])('%d ms is printed %s', (ms, printed) => expect(milliseconds(ms)).toEqual({ value: ms, text: printed }));

  test('what is not known, or not finite, is an en dash and no number', () => {
    for (const quantity of [milliseconds(null), rate(NaN), ratio(Infinity), count(null), percent(null)]) {
      expect(quantity).toEqual({ value: null, text: UNKNOWN });
    }
  });

  test('a difference shows its sign, unless it rounds to nothing', () =>
    expect([3.456, -3.456, 0.001, -0.001, 0].map((ms) => signedMilliseconds(ms).text)).toEqual([
      '+3.46',
      '-3.46',
      '0.00',
      '0.00',
      '0.00',
    ]));

  test('a small ratio keeps two digits that count', () =>
    expect([0.00123, 0.0456, 0.123, 1.07, 12.44, 129.6].map((value) => ratio(value).text)).toEqual([
      '0.0012',
      '0.046',
      '0.12',
      '1.07',
      '12.4',
      '130',
    ]));

  test('a share becomes a percentage without the noise of binary fractions', () =>
    expect(percent(0.7019)).toEqual({ value: 70.19, text: '70.19' }));
});
