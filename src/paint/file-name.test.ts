import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { screenshotFileName } from './file-name.ts';

const date = new Date('2026-11-22T13:45:00.123Z');
const parts = { modelId: 'segscope-mnv2-257', backend: 'wasm', date, kind: 'report' };

describe('screenshotFileName', () => {
  test('includes model, backend, time in UTC and kind', () =>
    expect(screenshotFileName(parts)).toBe(
      'segscope_segscope-mnv2-257_wasm_2026-11-22T13-45-00Z_report.png',
    ));

  test('replaces characters that a file system might reject', () =>
    expect(screenshotFileName({ ...parts, modelId: '../../my: "model" <1>/ä' })).toBe(
      'segscope_my-model-1_wasm_2026-11-22T13-45-00Z_report.png',
    ));

  test('never leaves a part empty', () =>
    expect(screenshotFileName({ ...parts, modelId: '???', kind: '' })).toBe(
      'segscope_unnamed_wasm_2026-11-22T13-45-00Z_unnamed.png',
    ));

  test('has only safe characters and stays short, for any model name', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (modelId) => {
        const name = screenshotFileName({ ...parts, modelId });
        expect(name).toMatch(/^segscope_[A-Za-z0-9._-]+\.png$/);
        expect(name.length).toBeLessThan(200);
      }),
    ));
});
