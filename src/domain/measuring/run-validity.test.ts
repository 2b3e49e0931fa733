import { describe, expect, test } from 'vitest';
import { VALIDITY_CHECKS, type RunTarget, type ValidityCheck } from './run.ts';
import { judgeRun, reasonsInvalid, type RunParts } from './run-validity.ts';
import { HOST, inferenceOnly, makeRun, NO_EVENTS, STEADY_MEMORY } from '../testing/run-record.ts';

const parts = (change: Partial<RunParts> = {}): RunParts => ({ ...makeRun(), ...change });

/** Names of the checks that fail. */
const failed = (run: RunParts): readonly ValidityCheck[] =>
  judgeRun(run)
    .checks.filter(({ passed }) => !passed)
    .map(({ check }) => check);

const detail = (run: RunParts, check: ValidityCheck) =>
  judgeRun(run).checks.find((one) => one.check === check)?.detail ?? '';

const noTarget: RunTarget = { frames: 1, seconds: 0, warmUpFrames: 0 };

describe('judgeRun', () => {
  test('a run without a fault is valid, and every check answers in order, in one sentence', () => {
    const { valid, checks } = judgeRun(parts());
    expect(valid).toBe(true);
    expect(checks.map(({ check }) => check)).toEqual(VALIDITY_CHECKS);
    for (const { detail: sentence } of checks) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  });

  test.each<[ValidityCheck, Partial<RunParts>]>([
    ['target-reached', { target: { frames: 21, seconds: 0, warmUpFrames: 10 } }],
    ['target-reached', { target: { frames: 20, seconds: 60, warmUpFrames: 10 } }],
    ['target-reached', { events: { ...NO_EVENTS, endedEarly: 'cancelled' } }],
    ['tab-visible', { events: { ...NO_EVENTS, hidden: 2 } }],
    ['no-context-loss', { events: { ...NO_EVENTS, contextLost: true } }],
    ['no-backend-change', { events: { ...NO_EVENTS, backendChanged: true } }],
    ['tensors-back', { memory: { ...STEADY_MEMORY, tensorsAfter: 119 } }],
    ['tensors-back', { memory: { ...STEADY_MEMORY, tensorsLeft: 1 } }],
  ])('only %s fails for %j', (check, change) => {
    expect(failed(parts(change))).toEqual([check]);
    expect(judgeRun(parts(change)).valid).toBe(false);
  });

  test('throttling during the run invalidates it, even with steady times; throttling before the run does not', () => {
    const throttled = { ...HOST, throttling: { during: ['throttled'], sinceBoot: ['throttled'] } } as const;
    expect(failed(parts({ host: throttled }))).toEqual(['no-throttling']);
    expect(detail(parts({ host: throttled }), 'no-throttling')).toContain('(throttled): not to be quoted');
    const before = { ...HOST, throttling: { during: [], sinceBoot: ['under-voltage'] } } as const;
    expect(failed(parts({ host: before }))).toEqual([]);
    expect(failed(parts({ host: { ...HOST, throttling: null } }))).toEqual([]);
  });

  test('a run without a frame fails target-reached and stages-sum-up', () =>
    expect(
      failed(parts({ columns: inferenceOnly([]), target: { frames: 0, seconds: 0, warmUpFrames: 0 } })),
    ).toEqual(['target-reached', 'stages-sum-up']));

  test('the sentences say why it ended, how often it was hidden and how many tensors leaked', () => {
    const events = { ...NO_EVENTS, hidden: 3, endedEarly: 'The camera was unplugged.' };
    const run = parts({ events, memory: { ...STEADY_MEMORY, tensorsAfter: 140 } });
    expect(reasonsInvalid(judgeRun(run)).join(' ')).toMatch(/camera was unplugged.*3 times.*118.*140/);
  });

  test('the median frame may have 5 % without a stage, and not more', () => {
    const inference = Array.from({ length: 20 }, () => 95);
    const frames = inference.map(() => 100);
    expect(failed(parts({ columns: inferenceOnly(frames, { inference }), target: noTarget }))).toEqual([]);
    const less = inference.map(() => 94.9);
    expect(failed(parts({ columns: inferenceOnly(frames, { inference: less }), target: noTarget }))).toEqual([
      'stages-sum-up',
    ]);
  });
});

describe('no-throttling', () => {
  const drifting = (frames: number, lastThird: number) =>
    inferenceOnly(
      Array.from({ length: frames }, (_, i) => (i < (2 * frames) / 3 ? 100 : lastThird) + (i % 3)),
    );

  test('fails when the last third is slower or faster by more than 10 %, and says which', () => {
    const slower = parts({ columns: drifting(90, 112), target: noTarget });
    expect(failed(slower)).toEqual(['no-throttling']);
    expect(detail(slower, 'no-throttling')).toMatch(/\+10\.9 %.*throttling/);
    const faster = parts({ columns: drifting(90, 88), target: noTarget });
    expect(failed(faster)).toEqual(['no-throttling']);
    expect(detail(faster, 'no-throttling')).toMatch(/-11\.9 %.*before the device was steady/);
  });

  test('passes at a smaller change, however certain, and says how large it is', () => {
    const run = parts({ columns: drifting(90, 108), target: noTarget });
    expect(failed(run)).toEqual([]);
    expect(detail(run, 'no-throttling')).toContain('+7.9 % (95 % interval');
  });

  test('passes at a large change that could be noise', () => {
    // Thirds of 20 frames, half of them short and half long: the median jumps between the two.
    const noise = Array.from(
      { length: 60 },
      (_, i) => (i % 2 === 0 ? 50 : 150) + (i >= 40 && i % 4 === 0 ? 60 : 0),
    );
    const run = parts({ columns: inferenceOnly(noise), target: noTarget });
    expect(failed(run)).toEqual([]);
    expect(detail(run, 'no-throttling')).toMatch(/changed by \+[1-9]\d\.\d % \(95 % interval -/);
  });

  test('passes under 60 frames, and says that they are too few', () => {
    const run = parts({ columns: drifting(59, 200), target: noTarget });
    expect(failed(run)).toEqual([]);
    expect(detail(run, 'no-throttling')).toContain('59 frames are too few to tell');
  });

  test('does not mistake a slower source for a slower device', () => {
    const wait = Array.from({ length: 90 }, (_, i) => (i < 60 ? 0 : 50));
    const frame = wait.map((ms) => 100 + ms);
    const columns = inferenceOnly(frame, { wait, capture: wait, inference: wait.map(() => 100) });
    expect(failed(parts({ columns, target: noTarget }))).toEqual([]);
  });
});
