import { expect, test } from 'vitest';
import { agreementCsv, agreementJson, type AgreementToExport } from './agreement-files.ts';

const READING: AgreementToExport = {
  firstName: 'A, wasm',
  secondName: 'B',
  sourceLabel: 'sample "Cat"',
  frames: 2,
  seconds: 1.5,
  mean01: 0.9,
  median01: 0.91,
  lowest01: 0.8,
  last01: 1,
  history: [
    { seconds: 0, agreement01: 0.8 },
    { seconds: 1.5, agreement01: 1 },
  ],
  firstFlicker: { perPixelSecond: 0.25, stillSeconds: 3 },
  secondFlicker: { perPixelSecond: null, stillSeconds: 0 },
  swaps: [{ firstName: 'cat', secondName: 'dog', share01: 0.02 }],
};

test('agreement as CSV has one row per point in time, with quoted names', () =>
  expect(agreementCsv(READING).trim().split('\r\n')).toEqual([
    'first,second,source,seconds,agreement',
    '"A, wasm",B,"sample ""Cat""",0,0.8',
    '"A, wasm",B,"sample ""Cat""",1.5,1',
  ]));

test('agreement as JSON has every figure; an unknown flicker is null', () =>
  expect(JSON.parse(agreementJson(READING, new Date('2026-11-22T15:00:00Z')))).toEqual({
    format: 'segscope-agreement',
    version: 1,
    exportedAt: '2026-11-22T15:00:00.000Z',
    first: 'A, wasm',
    second: 'B',
    source: 'sample "Cat"',
    frames: 2,
    seconds: 1.5,
    agreement: { mean01: 0.9, median01: 0.91, lowest01: 0.8, last01: 1 },
    flicker: {
      first: { perPixelSecond: 0.25, stillSeconds: 3 },
      second: { perPixelSecond: null, stillSeconds: 0 },
    },
    swaps: [{ first: 'cat', second: 'dog', share01: 0.02 }],
    history: [
      { seconds: 0, agreement01: 0.8 },
      { seconds: 1.5, agreement01: 1 },
    ],
  }));
