import { describe, expect, test } from 'vitest';
import { ACCOUNTED_TOLERANCE, STAGES, ZERO_TIMINGS, sumOfStages, unaccountedShare } from './stage-timings.ts';

const stages = { capture: 1, encode: 2, transport: 3, preprocess: 4, inference: 5, postprocess: 6, paint: 7 };

describe('STAGES', () => {
  test('are listed in the order in which they happen', () =>
    expect(STAGES.join(' ')).toBe('capture encode transport preprocess inference postprocess paint'));

  test('are 0, never absent, if a path does not have them', () => {
    expect(Object.keys(ZERO_TIMINGS)).toEqual([...STAGES]);
    expect(sumOfStages(ZERO_TIMINGS)).toBe(0);
  });
});

describe('sumOfStages', () => test('adds every stage once', () => expect(sumOfStages(stages)).toBe(28)));

describe('unaccountedShare', () => {
  test('is the part of the frame time that no stage explains', () =>
    expect(unaccountedShare({ stages, frameMs: 35 })).toBeCloseTo(0.2, 12));

  test('counts stages that sum to more than the frame as unaccounted too', () =>
    expect(unaccountedShare({ stages, frameMs: 20 })).toBeCloseTo(0.4, 12));

  test('is 0 for an empty frame', () =>
    expect(unaccountedShare({ stages: ZERO_TIMINGS, frameMs: 0 })).toBe(0));

  test('lets the stages miss the frame time by 5 percent', () => expect(ACCOUNTED_TOLERANCE).toBe(0.05));
});
