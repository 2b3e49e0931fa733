import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatMs,
  formatMsUnit,
  formatPercent,
  formatRate,
  formatRatio,
  formatShare,
  formatSignedMs,
  UNKNOWN,
} from './quantity.ts';

test('an unknown value is an en dash, never 0', () => {
  const formats = [formatMs, formatMsUnit, formatSignedMs, formatRatio, formatPercent];
  for (const format of [...formats, formatBytes, formatShare, formatRate, formatCount]) {
    expect(format(null)).toBe('–');
    expect(format(Number.NaN)).toBe(UNKNOWN);
    expect(format(Number.POSITIVE_INFINITY)).toBe(UNKNOWN);
  }
});

test('milliseconds keep at most four digits at every size', () =>
  expect([0.354, 4.2, 9.994, 9.996, 48.21, 99.94, 99.96, 713.4, 6250].map(formatMs)).toEqual([
    '0.35',
    '4.20',
    '9.99',
    '10.0',
    '48.2',
    '99.9',
    '100',
    '713',
    '6250',
  ]));

test('a stage that a path does not have is written 0, a short stage is not', () => {
  expect(formatMs(0)).toBe('0');
  expect(formatMs(0.004)).toBe('0.00');
});

test('milliseconds have their unit outside tables', () => expect(formatMsUnit(48.21)).toBe('48.2 ms'));

test('bytes use decimal units and never show a thousand of one', () =>
  expect([0, 999, 1000, 91_000, 999_499, 999_600, 8_600_000, 2.5e9, 4e13].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.00 kB',
    '91.0 kB',
    '999 kB',
    '1.00 MB',
    '8.60 MB',
    '2.50 GB',
    '40000 GB',
  ]));

test('a non-zero share is never written as 0', () =>
  expect([0, 0.0001, 0.0006, 0.042, 0.0994, 0.0996, 0.57, 1].map(formatShare)).toEqual([
    '0 %',
    '< 0.1 %',
    '0.1 %',
    '4.2 %',
    '9.9 %',
    '10 %',
    '57 %',
    '100 %',
  ]));

test('rates keep three digits, including slow ones', () =>
  expect([0.143, 0.996, 4.81, 23.44, 99.96, 120.3].map(formatRate)).toEqual([
    '0.14',
    '1.00',
    '4.81',
    '23.4',
    '100',
    '120',
  ]));

test('counts separate thousands', () =>
  expect([0, 999, 12480, 1234567].map(formatCount)).toEqual([
    '0',
    '999',
    '12\u2009480',
    '1\u2009234\u2009567',
  ]));

test('a difference shows its sign, unless it rounds to 0', () =>
  expect([3.456, -3.456, -48.21, 0.001, -0.001, 0].map(formatSignedMs)).toEqual([
    '+3.46',
    '-3.46',
    '-48.2',
    '0.00',
    '0.00',
    '0.00',
  ]));

test('a small ratio keeps two significant digits', () =>
  expect([0.00123, 0.0456, 0.123, 1.07, 12.44, 129.6].map(formatRatio)).toEqual([
    '0.0012',
    '0.046',
    '0.12',
    '1.07',
    '12.4',
    '130',
  ]));

test('a percentage has two decimals', () =>
  expect([0.7019, 0.5, 1].map(formatPercent)).toEqual(['70.19', '50.00', '100.00']));
