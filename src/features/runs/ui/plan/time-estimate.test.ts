import { expect, test } from 'vitest';
import { browserSetup } from '../../../../domain/setup.ts';
import { FULL_TARGET, QUICK_TARGET, type RunPlan } from '../../../../domain/measuring/run.ts';
import { inferenceOnly, makeAgentRun, makeRun } from '../../../../domain/testing/run-record.ts';
import { basisOf, estimateTime, estimateWords } from './time-estimate.ts';

const CHOICE = { setup: browserSetup('m', 257, 'wasm'), sourceKey: 'sample:a' };
const OTHER = { ...CHOICE, setup: browserSetup('m', 257, 'webgl') };
const BASIS = { setup: CHOICE.setup, frameMs: 100, coldMs: 500 };
const plan = (choices: RunPlan['choices'], target = QUICK_TARGET): RunPlan => ({
  choices,
  target,
  replayFrames: 0,
  replaySourceKey: null,
});

test('a configuration takes its cold start, its warm-up and its counted frames', () =>
  expect(estimateTime(plan([CHOICE]), [BASIS]).seconds).toBeCloseTo(0.5 + 3));

test('an agent takes its own time for each codec', () => {
  const raw = makeAgentRun();
  const { setup } = raw;
  const jpeg = { ...raw, setup: { ...setup, place: { ...setup.place, codec: 'jpeg85' } } } as const;
  const basis = { setup, frameMs: 100, coldMs: 500 };
  expect(estimateTime(plan([raw]), [basis]).unknown).toBe(0);
  expect(estimateTime(plan([jpeg]), [basis]).unknown).toBe(1);
});

test('a target in seconds is a lower bound', () => {
  const fast = { ...BASIS, frameMs: 10 };
  expect(estimateTime(plan([CHOICE], FULL_TARGET), [fast]).seconds).toBeCloseTo(0.5 + 0.1 + 60);
});

test("a configuration that was never measured counts only with its target's seconds", () =>
  expect(estimateTime(plan([CHOICE, OTHER], FULL_TARGET), [{ ...BASIS, frameMs: 10 }])).toMatchObject({
    seconds: 60 + 60.6,
    unknown: 1,
  }));

test('the first basis that fits counts', () =>
  expect(estimateTime(plan([CHOICE]), [BASIS, { ...BASIS, frameMs: 9000 }]).seconds).toBeCloseTo(3.5));

test('an estimate says what is unknown', () =>
  expect([
    estimateWords({ seconds: 180, unknown: 0, choices: 3 }),
    estimateWords({ seconds: 120, unknown: 1, choices: 3 }),
    estimateWords({ seconds: 0, unknown: 3, choices: 3 }),
  ]).toEqual([
    'About 3 min, based on earlier measurements here.',
    'At least 2 min: 1 of 3 configurations not measured here yet.',
    'Time unknown: nothing was measured here yet.',
  ]));

test("a run's basis is its time from frame to frame; a run without frames has none", () => {
  const run = makeRun();
  expect(basisOf({ ...run, columns: inferenceOnly([40, 60]) })).toMatchObject({
    setup: run.setup,
    frameMs: 50,
    coldMs: 210.5 + 34.2 + 61.9 + 160,
  });
  expect(basisOf({ ...run, columns: inferenceOnly([]) })).toBeNull();
});
