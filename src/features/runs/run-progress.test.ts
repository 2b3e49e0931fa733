import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FULL_TARGET, QUICK_TARGET } from '../../domain/measuring/run.ts';
import { estimatePlan, recordedShare, type PlanReading } from './run-progress.ts';

const reading = (change: Partial<PlanReading> = {}): PlanReading => ({
  choices: 4,
  finishedSeconds: [],
  elapsedSeconds: 0,
  recordingSeconds: 0,
  recorded01: 0,
  ...change,
});

describe('the time left', () => {
  test('is unknown until something is recorded', () =>
    expect(estimatePlan(reading({ elapsedSeconds: 3 }))).toEqual({ progress01: 0, secondsLeft: null }));

  test('follows the pace of the recording, and assumes that later choices take as long', () => {
    // 2 s of loading, then 4 s for the first quarter: this choice takes 18 s, and so do the next three.
    const { secondsLeft } = estimatePlan(
      reading({ elapsedSeconds: 6, recordingSeconds: 4, recorded01: 0.25 }),
    );
    expect(secondsLeft).toBeCloseTo(12 + 3 * 18, 9);
  });

  test('assumes that a loading choice takes as long as those before it', () => {
    const { secondsLeft } = estimatePlan(reading({ finishedSeconds: [10, 20], elapsedSeconds: 5 }));
    expect(secondsLeft).toBeCloseTo(10 + 15, 9);
  });

  test('is zero at the end', () =>
    expect(estimatePlan(reading({ finishedSeconds: [1, 2, 3, 4] }))).toEqual({
      progress01: 1,
      secondsLeft: 0,
    }));

  test('is never negative, and the bar stays between 0 and 1 and never moves back within a choice', () => {
    const seconds = fc.double({ min: 0, max: 1e4, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(seconds, { maxLength: 4 }),
        seconds,
        seconds,
        share,
        share,
        (finishedSeconds, a, b, c, d) => {
          const at = (recorded01: number) =>
            estimatePlan(
              reading({
                finishedSeconds,
                elapsedSeconds: Math.max(a, b),
                recordingSeconds: Math.min(a, b),
                recorded01,
              }),
            );
          const [before, after] = [at(Math.min(c, d)), at(Math.max(c, d))];
          expect(after.progress01).toBeGreaterThanOrEqual(before.progress01);
          expect(before.progress01).toBeGreaterThanOrEqual(0);
          expect(after.progress01).toBeLessThanOrEqual(1);
          for (const { secondsLeft } of [before, after]) expect(secondsLeft ?? 0).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe('the recorded share', () => {
  test('includes the warm-up', () =>
    expect(recordedShare(QUICK_TARGET, { phase: 'measuring', frames: 15, counted: 5, seconds: 1 })).toBe(
      0.5,
    ));

  test('of a full run follows frames or seconds, whichever is further from its target', () => {
    const slow = { phase: 'measuring', frames: 517, counted: 507, seconds: 60 } as const;
    expect(recordedShare(FULL_TARGET, slow)).toBe(0.5);
    const fast = { phase: 'measuring', frames: 1034, counted: 1024, seconds: 30 } as const;
    expect(recordedShare(FULL_TARGET, fast)).toBe(0.5);
  });
});
