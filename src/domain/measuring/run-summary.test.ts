import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DURATIONS } from './run-columns.ts';
import { medianIntervalOf, rowOf, summariseRun } from './run-summary.ts';
import { inferenceOnly, makeRun } from '../testing/run-record.ts';

const run = makeRun({ frames: 31 });
const withInference = (inference: readonly number[]) => ({
  columns: inferenceOnly(inference),
  sourcePictures: null,
});
const rowFor = (inference: readonly number[]) => rowOf(summariseRun(withInference(inference)), 'inference');

describe('summariseRun', () => {
  test("gives the thesis's figures for a series of its kind, computed by hand", () =>
    expect(rowFor([30, 10, 12, 14, 11])).toEqual({
      key: 'inference',
      n: 5,
      min: 10,
      median: 12,
      mean: 15.4,
      p90: expect.closeTo(23.6, 10) as number,
      p95: expect.closeTo(26.8, 10) as number,
      p99: expect.closeTo(29.36, 10) as number,
      max: 30,
      max1: 30,
      max2: 14,
    }));

  test('has no max_1 if the first frame was not the longest; max_2 is then the longest', () => {
    expect(rowFor([12, 10, 14, 11])).toMatchObject({ max1: null, max2: 14, max: 14 });
    expect(rowFor([14, 10, 14])).toMatchObject({ max1: 14, max2: 14 });
    expect(rowFor([14])).toMatchObject({ max1: 14, max2: null });
  });

  test('max_1, if present, and max_2 bracket the longest', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 2 }), (values) => {
        const row = rowFor(values);
        expect(Math.max(row?.max1 ?? 0, row?.max2 ?? 0)).toBe(Math.max(...values));
        expect(row?.max1 === null).toBe((values[0] ?? 0) < Math.max(...values));
      }),
    ));

  test('has one row per duration, in the order of a frame, with wait and whole frame last', () =>
    expect(summariseRun(run).rows.map(({ key }) => key)).toEqual(DURATIONS));

  test('keeps the three rates apart', () => {
    const { columns } = withInference([50, 50, 100]);
    const { rates } = summariseRun({
      columns: { ...columns, at: [100, 200, 400] },
      sourcePictures: { unique: 12, skipped: 9 },
    });
    expect(rates).toEqual({ modelPerSecond: 20, framesPerSecond: 7.5, sourcePerSecond: 30, skipped: 9 });
  });

  test('still pictures have no source rate and no skipped pictures', () =>
    expect(summariseRun(run).rates).toMatchObject({ sourcePerSecond: null, skipped: null }));

  test('a run without frames has no rows, no rates and no share, rather than zeros', () =>
    expect(summariseRun(withInference([]))).toMatchObject({
      n: 0,
      rows: [],
      rates: { modelPerSecond: null, framesPerSecond: null },
      unaccounted: null,
    }));
});

describe('medianIntervalOf', () =>
  test('contains the median and is the same every time', () => {
    const interval = medianIntervalOf(run.columns, 'frame');
    const middle = rowOf(summariseRun(run), 'frame')?.median ?? NaN;
    expect(interval?.low).toBeLessThan(middle);
    expect(interval?.high).toBeGreaterThan(middle);
    expect(medianIntervalOf(run.columns, 'frame')).toEqual(interval);
    expect(medianIntervalOf(withInference([]).columns, 'frame')).toBeNull();
  }));
