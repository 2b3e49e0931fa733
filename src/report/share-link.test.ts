import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BACKENDS, type Backend } from '../domain/backend.ts';
import type { FrameCodec } from '../domain/frame-codec.ts';
import { PIPELINES } from '../domain/measuring/configuration.ts';
import { ProblemError, type Problem } from '../domain/problems/problem.ts';
import { QUICK_TARGET, type PlannedRun, type RunPlan } from '../domain/measuring/run.ts';
import { agentSetup, browserSetup } from '../domain/setup.ts';
import { planFromHash, planToHash } from './share-link.ts';

const choice = ({
  backend = 'wasm',
  inputSize = 257,
  sourceKey = 'sample:astronaut',
}: Partial<{
  readonly backend: Backend;
  readonly inputSize: number;
  readonly sourceKey: string;
}> = {}): PlannedRun => ({ setup: browserSetup('test-model', inputSize, backend), sourceKey });

const onAgent = (codec: FrameCodec, sourceKey: string): PlannedRun => ({
  setup: agentSetup('agent-model', 257, {
    ...{ agent: 'localhost:8590', device: 'cpu', tail: 'cut', threads: 1, codec },
  }),
  sourceKey,
});

const plan = (choices: readonly PlannedRun[], change: Partial<RunPlan> = {}): RunPlan => ({
  choices,
  target: QUICK_TARGET,
  replayFrames: 0,
  replaySourceKey: null,
  ...change,
});

function problemOf(hash: string): Problem {
  try {
    planFromHash(hash);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
  }
  throw new Error(`${hash} was not refused.`);
}

const GOOD =
  '#/runs?plan=1&frames=20&seconds=0&warm-up=10&run=test-model;wasm,webgl;257;ours;sample:astronaut';

describe('a share link', () => {
  test('is readable, and names every combination once', () => {
    expect(planToHash(plan([choice(), choice({ backend: 'webgl' })]))).toBe(GOOD);
    expect(planFromHash(GOOD)).toEqual(plan([choice(), choice({ backend: 'webgl' })]));
  });

  test('keeps the order and the repetitions of a plan that is not a full product', () => {
    const choices = [choice({ backend: 'webgl', inputSize: 513 }), choice(), choice()];
    const hash = planToHash(plan(choices));
    expect(hash.match(/&run=/g)).toHaveLength(3);
    expect(planFromHash(hash)).toEqual(plan(choices));
  });

  test('carries choices on agents in their place, without any pairing code, in a version that an older page refuses', () => {
    const place = { agent: 'pi.local:8590', device: 'edgetpu', tail: 'stock', threads: 2 } as const;
    const onCoral = { setup: agentSetup('mnv2_quant', 513, place), sourceKey: 'sample:astronaut' };
    const mixed = plan([choice(), onCoral, choice({ backend: 'webgl' })]);
    const hash = planToHash(mixed);
    expect(hash).toContain('plan=2&');
    expect(hash).toContain('agent=pi.local:8590;mnv2_quant;513;edgetpu;stock;2;sample:astronaut');
    expect(planFromHash(hash)).toEqual(mixed);
    expect(planFromHash(hash.replace('plan=2&', 'plan=3&'))).toEqual(mixed);
  });

  test('names the codec of frames that are not raw, in a version of its own', () => {
    const both = plan([onAgent('rgb8', 'replay'), onAgent('jpeg85', 'replay')], {
      replayFrames: 8,
      replaySourceKey: 'camera:',
    });
    const hash = planToHash(both);
    expect(hash).toContain('plan=3&');
    expect(hash).toContain('agent=localhost:8590;agent-model;257;cpu;cut;1;replay&');
    expect(hash).toContain('agent=localhost:8590;agent-model;257;cpu;cut;1;replay;jpeg85');
    expect(planFromHash(hash)).toEqual(both);
  });

  test.each([
    'agent=pi:8590;m;257;tpu;cut;1;s',
    'agent=pi:8590;m;257;cpu;cut;9;s',
    'agent=pi:8590;m;257;cpu',
    'agent=pi:8590;m;257;cpu;cut;1;s;webp',
    'agent=pi:8590;m;257;cpu;cut;1;s;rgb8;more',
  ])('with %s is refused, and the message names the field', (field) => {
    const problem = problemOf(`#/runs?plan=2&frames=20&seconds=0&warm-up=10&${field}`);
    expect(problem.kind).toBe('link-invalid');
  });

  test('carries the replay', () => {
    const replayed = plan([choice({ sourceKey: 'replay' })], {
      replayFrames: 32,
      replaySourceKey: 'camera:',
    });
    expect(planToHash(replayed)).toContain('&replay=32;camera:&');
    expect(planFromHash(planToHash(replayed))).toEqual(replayed);
  });

  test('reproduces any plan, with any names in it', () => {
    const someFields = fc.record({
      modelId: fc.oneof(fc.constantFrom('a', 'b'), fc.string({ unit: 'grapheme', minLength: 1 })),
      backend: fc.constantFrom(...BACKENDS),
      inputSize: fc.constantFrom(257, 385, 513),
      pipeline: fc.constantFrom(...PIPELINES),
      sourceKey: fc.oneof(
        fc.constantFrom('replay', 'sample:chelsea', 'file'),
        fc.string({ unit: 'grapheme', minLength: 1 }).map((id) => `camera:${id}`),
      ),
    });
    const someChoice = someFields.map(({ modelId, backend, inputSize, pipeline, sourceKey }) => ({
      setup: browserSetup(modelId, inputSize, backend, { pipeline }),
      sourceKey,
    }));
    const somePlan = fc.record({
      choices: fc.array(someChoice, { minLength: 1, maxLength: 20 }),
      target: fc.record({
        frames: fc.integer({ min: 1, max: 1_000_000 }),
        seconds: fc.integer({ min: 0, max: 86_400 }),
        warmUpFrames: fc.integer({ min: 0, max: 1000 }),
      }),
      replay: fc.option(
        fc.record({ frames: fc.integer({ min: 1, max: 64 }), source: fc.string({ minLength: 1 }) }),
      ),
    });
    fc.assert(
      fc.property(somePlan, ({ choices, target, replay }) => {
        const made = {
          choices,
          target,
          replayFrames: replay?.frames ?? 0,
          replaySourceKey: replay?.source ?? null,
        };
        const hash = planToHash(made);
        expect(planFromHash(hash)).toEqual(made);
        // An address bar may re-encode the link; the plan stays the same.
        expect(planFromHash(new URL(hash, 'http://localhost/').hash)).toEqual(made);
      }),
    );
  });

  test('is read as a plan or refused with a problem after any damage, and never throws another error', () =>
    fc.assert(
      fc.property(fc.nat(GOOD.length), fc.nat(5), fc.string({ maxLength: 4 }), (at, cut, put) => {
        const damaged = GOOD.slice(0, at) + put + GOOD.slice(at + cut);
        try {
          const read = planFromHash(damaged);
          if (read !== null) expect(read.choices.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
    ));

  test('of another version is refused, and the message names the version', () =>
    expect(problemOf(GOOD.replace('plan=1', 'plan=9'))).toEqual({ kind: 'link-version', version: '9' }));

  test.each([
    ['a missing target', GOOD.replace('frames=20&', ''), 'it has no "frames"'],
    [
      'a target of no frames',
      GOOD.replace('frames=20', 'frames=0'),
      '"frames" must be a whole number from 1',
    ],
    [
      'a target that is no number',
      GOOD.replace('seconds=0', 'seconds=1e9'),
      '"seconds" must be a whole number',
    ],
    ['no run at all', GOOD.replace(/&run=.*/, ''), 'it has no run'],
    ['an unknown backend', GOOD.replace('webgl', 'vulkan'), 'there is no backend "vulkan"'],
    ['an unknown pipeline', GOOD.replace('ours', 'theirs'), 'there is no pipeline "theirs"'],
    [
      'a run without a source',
      GOOD.replace(';sample:astronaut', ''),
      'is not model;backend;size;pipeline;source',
    ],
    ['a character cut in half', `${GOOD}%E2%82`, 'is cut off'],
    [
      'a replay that is too long',
      `${GOOD}&replay=65;camera:`,
      '"replay" must be a whole number from 1 to 64',
    ],
    ['too many runs', `${GOOD},${'x,'.repeat(600)}x`, 'it has more than 500 runs'],
  ])('with %s says so', (_, hash, detail) => {
    const problem = problemOf(hash);
    expect(problem.kind).toBe('link-invalid');
    expect('detail' in problem && problem.detail).toContain(detail);
  });

  test.each(['', '#/live', '#/runs', '#/runs?', '#/live?plan=1', '#/runs?theme=dark'])(
    '"%s" holds no plan',
    (hash) => expect(planFromHash(hash)).toBeNull(),
  );
});
