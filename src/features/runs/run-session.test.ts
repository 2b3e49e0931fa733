import { describe, expect, test } from 'vitest';
import { occupy, testJobs } from '../../app/testing/job-doubles.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import type { PlannedRun, RunPlan } from '../../domain/measuring/run.ts';
import { reasonsInvalid } from '../../domain/measuring/run-validity.ts';
import { HOST, makeRun } from '../../domain/testing/run-record.ts';
import { createRunSession, type RunSessionParts } from './run-session.ts';
import { planToHash } from '../../report/share-link.ts';
import {
  agentChoice,
  choice,
  memoryHistory,
  noAgents,
  planDoubles,
  type DoubleOptions,
} from './testing/run-doubles.ts';

function setUp(
  options: DoubleOptions & {
    hash?: string;
    models?: readonly string[] | null;
    history?: ReturnType<typeof memoryHistory>;
    elsewhere?: boolean;
  } = {},
) {
  const log: string[] = [];
  const copied: string[] = [];
  const createJob = testJobs({ log, elsewhere: () => options.elsewhere === true });
  const history = options.history ?? memoryHistory();
  const { models = ['test-model'] } = options;
  const parts: RunSessionParts = {
    plan: planDoubles(log, options),
    agents: noAgents(),
    openHistory: () => Promise.resolve(history),
    createJob,
    knownModels: () => (models === null ? null : new Set(models)),
    liveSourceKey: () => 'camera:front',
    address: {
      base: () => 'http://localhost:4173/sub/?theme=dark',
      hash: () => options.hash ?? '',
      copy: (text) => Promise.resolve(void copied.push(text)),
    },
    exportRuns: () => Promise.resolve([]),
    parseRuns: (text) => {
      if (text === 'foreign')
        return Promise.reject(new ProblemError({ kind: 'runs-invalid', detail: 'not JSON' }));
      return Promise.resolve([makeRun({ seed: 5 })]);
    },
  };
  const session = createRunSession(parts);
  const ended = () =>
    new Promise<void>((resolve) => {
      const unsubscribe = session.runs.subscribe(({ outcome }) => {
        if (outcome === null) return;
        unsubscribe();
        resolve();
      });
    });
  const shown = () => {
    const { history: status } = session.runs.getState();
    return status.kind === 'ready' ? status.runs : [];
  };
  return { session, createJob, log, copied, history, ended, shown };
}

const plan = (choices: readonly PlannedRun[] = [choice()], change: Partial<RunPlan> = {}): RunPlan => ({
  choices,
  target: { frames: 4, seconds: 0, warmUpFrames: 1 },
  replayFrames: 0,
  replaySourceKey: null,
  ...change,
});
const NEVER = { valid: true, checks: [] };
const WEBGL_GONE = { kind: 'backend-unavailable', backend: 'webgl', detail: 'none' } as const;

describe('a plan', () => {
  test('measures each choice while the live view is paused, and saves each run before the next starts', async () => {
    const { session, log, history, ended } = setUp();
    const save = history.save.bind(history);
    history.save = (run, picture) => {
      log.push(`save ${run.id}`);
      return save(run, picture);
    };
    session.start(plan([choice(), choice({ inputSize: 513 })]));
    await ended();
    await expect.poll(() => log.at(-1)).toBe('live view back');
    const told = log.filter((line) => /^(live|load|save)/.test(line));
    expect(told).toEqual([
      'live view away',
      ...['load wasm 257', 'save run-1', 'load wasm 513', 'save run-2'],
      'live view back',
    ]);
    expect(session.runs.getState()).toMatchObject({
      progress: { kind: 'idle' },
      outcome: { runIds: ['run-1', 'run-2'], failures: [], cancelled: false },
      problem: null,
    });
  });

  test('is refused with one sentence while something else is measured', async () => {
    const { session, createJob, log } = setUp();
    const other = occupy(createJob);
    session.start(plan());
    expect(session.runs.getState()).toMatchObject({
      progress: { kind: 'idle' },
      problem: { kind: 'measuring-already' },
    });
    other.stop();
    await expect.poll(() => log).toEqual(['live view away', 'live view back']);
  });

  test('is refused with one sentence while another tab measures, and can start later', async () => {
    const { session, log } = setUp({ elsewhere: true });
    session.start(plan());
    await expect
      .poll(() => session.runs.getState())
      .toMatchObject({ progress: { kind: 'idle' }, problem: { kind: 'measuring-elsewhere' } });
    expect(log).toEqual([]);
    session.dismissProblem();
    session.start(plan());
    expect(session.runs.getState().progress.kind).toBe('running');
    await expect.poll(() => session.runs.getState().problem).toMatchObject({ kind: 'measuring-elsewhere' });
  });

  test('uses an agent as one more device, and continues if the agent is lost midway', async () => {
    const lost = { kind: 'agent-lost', address: 'localhost:8590', detail: 'a cable' } as const;
    const { session, log, shown, ended } = setUp({ frameFails: { tflite: { at: 4, problem: lost } } });
    session.start(plan([choice(), agentChoice(), choice({ inputSize: 513 })]));
    await ended();
    expect(log.filter((line) => line.startsWith('load'))).toEqual([
      'load wasm 257',
      'load tflite cpu of localhost:8590',
      'load wasm 513',
    ]);
    expect(session.runs.getState().outcome).toMatchObject({ runIds: ['run-1', 'run-2', 'run-3'] });
    const onAgent = shown().find(({ id }) => id === 'run-2');
    expect(onAgent?.events.endedEarly).toBe(
      'The connection to the agent at localhost:8590 was lost (a cable).',
    );
    expect(onAgent?.columns.frame).toHaveLength(2);
    expect(onAgent?.validity.valid).toBe(false);
    expect(shown().filter(({ validity }) => validity.valid)).toHaveLength(2);
  });

  test('notes the reason when an agent is lost before a frame is counted, and measures the other choices', async () => {
    const lost = { kind: 'agent-not-running', address: 'localhost:8590' } as const;
    const { session, ended } = setUp({ loadFails: { tflite: lost } });
    session.start(plan([agentChoice(), choice()]));
    await ended();
    expect(session.runs.getState().outcome).toMatchObject({
      runIds: ['run-1'],
      failures: [{ at: 0, problem: lost }],
    });
  });

  test('marks a run invalid if a test double replaces the requested Edge TPU, and says so', async () => {
    const { session, shown, ended } = setUp({ double: true });
    session.start(plan([agentChoice({ device: 'edgetpu' })]));
    await ended();
    const [run] = shown();
    expect(run?.name).toBe('agent-model, TEST DOUBLE of localhost:8590, 257 px, cut tail');
    expect(run?.events.backendChanged).toBe(true);
    expect(run?.validity.valid).toBe(false);
  });

  test('keeps the telemetry of a throttled agent, and marks its run as not quotable', async () => {
    const throttling = { during: ['soft temperature limit'], sinceBoot: ['soft temperature limit'] } as const;
    const host = { ...HOST, throttling };
    const { session, shown, ended } = setUp({ host });
    session.start(plan([agentChoice(), choice()]));
    await ended();
    const [onAgent, inBrowser] = ['run-1', 'run-2'].map((id) => shown().find((run) => run.id === id));
    expect(onAgent?.host).toEqual(host);
    expect(reasonsInvalid(onAgent?.validity ?? NEVER)).toEqual([
      "The agent's machine was throttled during the run (soft temperature limit): not to be quoted.",
    ]);
    expect(inBrowser?.host).toBeNull();
    expect(inBrowser?.validity.valid).toBe(true);
  });

  test('marks frames that went to an agent as JPEG', async () => {
    const { session, shown, ended } = setUp();
    session.start(plan([agentChoice({ codec: 'jpeg95' })]));
    await ended();
    expect(shown()[0]).toMatchObject({
      name: 'agent-model, CPU of localhost:8590, 257 px, cut tail, JPEG 95',
      setup: { place: { codec: 'jpeg95' } },
    });
  });

  test('continues after a choice that fails, and says at the end which one failed and why', async () => {
    const { session, shown, ended } = setUp({ loadFails: { webgl: WEBGL_GONE } });
    session.start(
      plan([
        choice(),
        choice({ backend: 'webgl' }),
        choice({ modelId: 'unknown' }),
        choice({ inputSize: 385 }),
      ]),
    );
    await ended();
    expect(session.runs.getState().outcome).toMatchObject({
      runIds: ['run-1', 'run-2'],
      failures: [
        { at: 1, problem: WEBGL_GONE },
        { at: 2, problem: { kind: 'model-unknown', modelId: 'unknown' } },
      ],
    });
    expect(shown()).toHaveLength(2);
  });

  test('keeps finished runs when it is cancelled, marks the current run, and does not start the next', async () => {
    let frames = 0;
    const { session, log, shown, ended } = setUp({
      gate: async () => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        // The first run takes 5 frames; the second is cancelled in its 4th.
        if (++frames === 9) session.cancel();
      },
    });
    session.start(plan([choice(), choice({ inputSize: 385 }), choice({ inputSize: 513 })]));
    await ended();
    expect(session.runs.getState().outcome).toMatchObject({ runIds: ['run-1', 'run-2'], cancelled: true });
    expect(
      shown()
        .map(({ events }) => events.endedEarly)
        .sort(),
    ).toEqual(['Cancelled.', null]);
    expect(log.filter((line) => line.startsWith('load'))).toEqual(['load wasm 257', 'load wasm 385']);
  });

  test('reports its progress while it runs, and ignores a second start', async () => {
    const { session, log, ended } = setUp();
    const seen = new Set<string>();
    let last = 0;
    session.runs.subscribe(({ progress }) => {
      if (progress.kind !== 'running') return;
      seen.add(progress.phase);
      expect(progress.progress01).toBeGreaterThanOrEqual(last);
      last = progress.progress01;
    });
    session.start(plan());
    expect(session.runs.getState().progress).toMatchObject({ kind: 'running', at: 0, phase: 'loading' });
    session.start(plan([choice({ inputSize: 513 })]));
    await ended();
    expect([...seen]).toEqual(expect.arrayContaining(['loading', 'warm-up', 'saving']));
    expect(log.filter((line) => line.startsWith('load'))).toEqual(['load wasm 257']);
    expect(last).toBe(1);
  });

  test('fails only for the choices that need a replay when the replay cannot be recorded', async () => {
    const denied = { kind: 'camera-denied' } as const;
    const { session, ended } = setUp({ sourceFails: { 'camera:': denied } });
    const choices = [choice({ sourceKey: 'replay' }), choice()];
    session.start(plan(choices, { replayFrames: 4, replaySourceKey: 'camera:' }));
    await ended();
    expect(session.runs.getState().outcome).toMatchObject({
      runIds: ['run-1'],
      failures: [{ at: 0, problem: denied }],
    });
  });

  test('can start again after it ends', async () => {
    const { session, ended, shown } = setUp();
    session.start(plan());
    await ended();
    session.start(plan());
    expect(session.runs.getState().outcome).toBeNull();
    await ended();
    expect(shown()).toHaveLength(2);
  });
});

describe('a run in the history', () => {
  test('is measured again with the same choice and target', async () => {
    const run = makeRun({ seed: 1 });
    const { session, ended, shown } = setUp({ history: memoryHistory([run]), models: null });
    await expect.poll(shown).toHaveLength(1);
    session.rerun('nobody');
    expect(session.runs.getState().progress.kind).toBe('idle');
    session.rerun(run.id);
    await ended();
    expect(shown()).toHaveLength(2);
    for (const { setup, sourceKey, target } of shown())
      expect([setup, sourceKey, target]).toEqual([run.setup, run.sourceKey, run.target]);
  });

  test("of a replay records the same number of frames again, from the live view's source", async () => {
    const made = makeRun({ seed: 1 });
    const run = {
      ...made,
      sourceKey: 'replay',
      replayFrames: 48,
    };
    const { session, shown } = setUp({ history: memoryHistory([run]) });
    await expect.poll(shown).toHaveLength(1);
    session.rerun(run.id);
    expect(session.runs.getState().progress).toMatchObject({
      plan: {
        replayFrames: 48,
        replaySourceKey: 'camera:front',
        choices: [{ setup: run.setup, sourceKey: 'replay' }],
      },
    });
  });
});

describe('a link', () => {
  test("is the page's address with the plan added, and the page reads it back", () => {
    const { session, copied } = setUp();
    const link = session.shareLink(plan());
    expect(link).toBe(`http://localhost:4173/sub/?theme=dark${planToHash(plan())}`);
    void session.copyLink(plan());
    expect(copied).toEqual([link]);
    expect(setUp({ hash: planToHash(plan()) }).session.planFromAddress()).toEqual(plan());
    expect(setUp().session.planFromAddress()).toBeNull();
  });

  test('with an unknown model skips that model and names it', () => {
    const hash = planToHash(plan([choice(), choice({ modelId: 'u-net' })]));
    const { session } = setUp({ hash });
    expect(session.planFromAddress()).toEqual(plan());
    expect(session.runs.getState().problem).toEqual({ kind: 'model-unknown', modelId: 'u-net' });
    session.dismissProblem();
    expect(session.runs.getState().problem).toBeNull();
    expect(setUp({ hash, models: [] }).session.planFromAddress()).toBeNull();
  });

  test('is accepted as it is while the catalogue is loading', () => {
    const { session } = setUp({ hash: planToHash(plan()), models: null });
    expect(session.planFromAddress()).toEqual(plan());
  });

  test('that is damaged or has another version gives no plan, and one sentence says why', () => {
    const damaged = setUp({ hash: '#/runs?plan=1&frames=x' }).session;
    expect(damaged.planFromAddress()).toBeNull();
    expect(damaged.runs.getState().problem).toMatchObject({ kind: 'link-invalid' });
    const newer = setUp({ hash: '#/runs?plan=4' }).session;
    expect(newer.planFromAddress()).toBeNull();
    expect(newer.runs.getState().problem).toEqual({ kind: 'link-version', version: '4' });
  });
});

describe('a file of runs', () =>
  test('is added to the history; an invalid one is refused in one sentence and changes nothing', async () => {
    const { session, shown, history } = setUp();
    session.importFile(new File(['runs'], 'runs.json'));
    await expect.poll(shown).toMatchObject([{ id: makeRun({ seed: 5 }).id }]);
    await expect.poll(() => history.runs.size).toBe(1);
    session.importFile(new File(['foreign'], 'notes.txt'));
    await expect
      .poll(() => session.runs.getState().problem)
      .toEqual({ kind: 'runs-invalid', detail: 'not JSON' });
    expect(shown()).toHaveLength(1);
  }));
