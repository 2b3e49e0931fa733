import { describe, expect, test } from 'vitest';
import { compareDuration, compareRuns } from './run-comparison.ts';
import { DURATIONS } from './run-columns.ts';
import { seededRandom } from './seeded-random.ts';
import { median, percentile } from './statistics.ts';
import { inferenceOnly, makeDoubleRun, makeRun, NO_EVENTS } from '../testing/run-record.ts';

const row = (a: readonly number[], b: readonly number[]) =>
  compareDuration(inferenceOnly(a), inferenceOnly(b), 'inference');

describe('compareDuration', () => {
  test('gives difference and ratio of the medians, the other against the baseline', () => {
    const { difference, ratio } = row([10, 10, 10], [15, 15, 15]) ?? {};
    expect(difference).toEqual({ value: 5, low: 5, high: 5 });
    expect(ratio).toEqual({ value: 1.5, low: 1.5, high: 1.5 });
  });

  test('agrees with a bootstrap that sorts whole resamples', () => {
    const random = seededRandom(21);
    const a = Array.from({ length: 151 }, () => 40 + 10 * random());
    const b = Array.from({ length: 100 }, () => 42 + 12 * random());
    const resample = (values: readonly number[]) =>
      median(values.map(() => values[Math.floor(random() * values.length)] ?? NaN));
    const brute = Array.from({ length: 2000 }, () => resample(b) - resample(a));
    const { difference } = row(a, b) ?? { difference: { low: NaN, high: NaN } };
    expect(difference.low).toBeCloseTo(percentile(brute, 2.5), 0);
    expect(difference.high).toBeCloseTo(percentile(brute, 97.5), 0);
  });

  test('a clear difference exceeds noise in both directions; two halves of one series do not', () => {
    const random = seededRandom(3);
    const noise = (centre: number) => Array.from({ length: 60 }, () => centre + 4 * random());
    expect(row(noise(40), noise(50))?.distinguishable).toBe(true);
    expect(row(noise(50), noise(40))?.distinguishable).toBe(true);
    expect(row(noise(40), noise(40))?.distinguishable).toBe(false);
  });

  test('a stage that neither run has differs by 0 and has no ratio', () => {
    const encode = compareDuration(inferenceOnly([1, 2]), inferenceOnly([3, 4]), 'encode');
    expect(encode).toMatchObject({ difference: { value: 0 }, ratio: null, distinguishable: false });
  });
});

describe('compareRuns', () => {
  test('compares every duration, in the order of a frame', () => {
    const { rows } = compareRuns(makeRun({ seed: 1 }), makeRun({ seed: 2 }));
    expect(rows.map(({ key }) => key)).toEqual(DURATIONS);
  });

  test('comparable runs carry no warning', () =>
    expect(compareRuns(makeRun({ seed: 1 }), makeRun({ seed: 2, frames: 70 })).warnings).toEqual([]));

  test('has no rows if a run has no frame, and says what is wrong with that run', () => {
    const events = { ...NO_EVENTS, endedEarly: 'cancelled' };
    const { rows, warnings } = compareRuns(makeRun(), makeRun({ frames: 0, events, name: 'broken off' }));
    expect(rows).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(/^"broken off" is not valid: Ended early, after .*: cancelled/),
    ]);
  });
});

test('a run on a test double is never compared, on either side', () => {
  for (const [baseline, other] of [
    [makeRun(), makeDoubleRun({ name: 'mine' })],
    [makeDoubleRun({ name: 'mine' }), makeRun()],
  ] as const) {
    const { rows, warnings } = compareRuns(baseline, other);
    expect(rows).toEqual([]);
    expect(warnings).toEqual([
      'Not compared: "mine" ran on a TEST DOUBLE of the Edge TPU, whose times mean nothing.',
    ]);
  }
});
