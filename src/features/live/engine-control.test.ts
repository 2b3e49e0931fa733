import { describe, expect, test } from 'vitest';
import type { FrameSource } from '../../capture/frame-source.ts';
import type { Backend } from '../../domain/backend.ts';
import { ProblemError, type Problem } from '../../domain/problems/problem.ts';
import { createFramePump } from '../../pipeline/frame-pump.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import type { BrowserSetup } from '../../domain/setup.ts';
import type { ModelToLoad } from '../../catalogue/model-to-load.ts';
import { createSessionStore, DEFAULT_WANTED } from '../../app/session-store.ts';
import { createBackendMemory } from './backend-memory.ts';
import type { ProbedBackend } from './backend-probe.ts';
import { createEngineControl } from './engine-control.ts';
import { createNoticeBoard } from '../../app/notice-board.ts';

const INFERENCE_MS: Record<Backend, number> = {
  webgl: 8,
  webgpu: 30,
  wasm: 20,
  litert: 15,
  'litert-webgpu': 12,
  cpu: 500,
};

function testSource(): FrameSource {
  let id = 0;
  return {
    label: 'test',
    width: 2,
    height: 2,
    moving: true,
    mirrorByDefault: false,
    capture: async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const pixels = { close: () => undefined } as unknown as ImageBitmap;
      return { id: ++id, width: 2, height: 2, pixels, waitMs: 0 };
    },
    counters: () => ({ unique: id, skipped: 0 }),
    onEnd: () => undefined,
    close: () => undefined,
  };
}

interface TestSegmenter extends Segmenter {
  closed: number;
  segmented: number;
  die(problem: Problem): void;
}

function testSegmenter(setup: BrowserSetup, contended: boolean, log: string[], label = 0): TestSegmenter {
  const { modelId, inputSize, pipeline } = setup;
  const { backend } = setup.place;
  let tellDeath: (problem: Problem) => void = () => undefined;
  const segmenter: TestSegmenter = {
    description: {
      modelId,
      backend,
      device: `${backend} device`,
      inputSize,
      pipeline,
    } as Segmenter['description'],
    cold: { startMs: 1, downloadMs: 1, parseMs: 1, firstInferenceMs: 1, contended },
    loadedMemory: { tensors: 5, bytes: 100 },
    closed: 0,
    segmented: 0,
    segment: async (frame) => {
      await Promise.resolve();
      if (segmenter.closed > 0) throw new Error('segmented after close');
      segmenter.segmented++;
      return {
        labelMap: { width: 1, height: 1, labels: Uint8Array.of(label) },
        frame,
        stages: { encode: 0, transport: 0, preprocess: 0, inference: INFERENCE_MS[backend], postprocess: 0 },
        memory: { tensors: 5, bytes: 100 },
      };
    },
    measureBare: () => Promise.resolve(null),
    onDeath: (listener) => {
      tellDeath = listener;
    },
    die: (problem) => tellDeath(problem),
    close: () => {
      segmenter.closed++;
      log.push(`close ${backend}`);
      return Promise.resolve({ tensors: 0, bytes: 0 });
    },
  };
  return segmenter;
}

function setUp(
  options: {
    probe?: readonly ProbedBackend[];
    fail?: Partial<Record<Backend, Problem>>;
    runtime?: 'tfjs' | 'litert';
    label?: Partial<Record<Backend, number>>;
  } = {},
) {
  const log: string[] = [];
  const opened: TestSegmenter[] = [];
  const gates = new Map<Backend, Promise<void>>();
  const items = new Map<string, string>();
  const store = createSessionStore(true);
  const source = testSource();
  const problems: Problem[] = [];
  const pump = createFramePump({
    now: () => 0,
    paint: ({ frame }) => frame.pixels.close(),
    onFrame: () => undefined,
    onSourceProblem: () => undefined,
    onSegmenterProblem: (problem) => problems.push(problem),
    onShowProblem: (problem) => problems.push(problem),
  });
  pump.setSource(source);
  const control = createEngineControl({
    store,
    pump,
    notices: createNoticeBoard(store),
    memory: createBackendMemory({
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    }),
    openSegmenter: async (setup, _, { contended = false } = {}) => {
      const { backend, threads } = setup.place;
      log.push(`open ${backend}${threads === null ? '' : ` x ${threads}`}`);
      await gates.get(backend);
      const problem = options.fail?.[backend];
      if (problem !== undefined) throw new ProblemError(problem);
      const segmenter = testSegmenter(setup, contended, log, options.label?.[backend]);
      opened.push(segmenter);
      return segmenter;
    },
    probe: () => Promise.resolve(options.probe ?? []),
    modelToLoad: (modelId) =>
      ({ id: modelId, name: modelId, runtime: options.runtime ?? 'tfjs' }) as ModelToLoad,
    source: () => source,
    now: () => 0,
    userAgent: 'test',
  });
  return { control, store, opened, log, gates, problems, items };
}

const wanting = (backend: Backend | 'auto') => ({
  ...DEFAULT_WANTED,
  place: { ...DEFAULT_WANTED.place, backend },
});

describe('EngineControl', () => {
  test('the old segmenter keeps drawing until the new one is ready, and is then closed', async () => {
    const { control, opened, log, gates, problems } = setUp();
    await control.apply(wanting('wasm'));
    let open: () => void = () => undefined;
    gates.set('cpu', new Promise((resolve) => (open = resolve)));
    const switched = control.apply(wanting('cpu'));
    const before = opened[0]?.segmented ?? 0;
    await expect.poll(() => opened[0]?.segmented).toBeGreaterThan(before);
    expect(opened[0]?.closed).toBe(0);
    open();
    await switched;
    expect(control.current()?.description.backend).toBe('cpu');
    expect(log).toEqual(['open wasm', 'open cpu', 'close wasm']);
    expect(control.closings).toEqual([
      { modelId: DEFAULT_WANTED.modelId, backend: 'wasm', left: { tensors: 0, bytes: 0 } },
    ]);
    expect(problems).toEqual([]);
    await control.close();
  });

  test('a failed switch reports the problem, keeps the old segmenter and shows again what runs', async () => {
    const problem: Problem = { kind: 'backend-unavailable', backend: 'webgpu', detail: 'no adapter' };
    const { control, store, opened } = setUp({ fail: { webgpu: problem } });
    await control.apply(wanting('wasm'));
    await control.apply(wanting('webgpu'));
    expect(control.current()?.description.backend).toBe('wasm');
    expect(opened[0]?.closed).toBe(0);
    expect(store.getState().wanted.place.backend).toBe('wasm');
    expect(store.getState().notices[0]?.sentence).toContain('webgpu is not available');
    expect(store.getState().loading).toEqual({ kind: 'idle' });
    await control.close();
  });

  test('a second choice cancels the first while it is still loading, and closes what the first one loaded', async () => {
    const { control, opened, gates } = setUp();
    let open: () => void = () => undefined;
    gates.set('cpu', new Promise((resolve) => (open = resolve)));
    const first = control.apply(wanting('cpu'));
    await control.apply(wanting('wasm'));
    open();
    await first;
    expect(control.current()?.description.backend).toBe('wasm');
    expect(opened.find(({ description }) => description.backend === 'cpu')?.closed).toBe(1);
    await control.close();
  });

  test('auto measures every usable backend on real frames, runs the fastest and closes the losers', async () => {
    const { control, store, opened } = setUp({
      probe: [
        { backend: 'webgl', kind: 'usable', device: 'GPU', threads: null },
        { backend: 'webgpu', kind: 'usable', device: 'GPU', threads: null },
      ],
    });
    await control.apply(wanting('auto'));
    expect(control.current()?.description.backend).toBe('webgl');
    expect(
      opened
        .filter(({ closed }) => closed > 0)
        .map(({ description }) => description.backend)
        .sort(),
    ).toEqual(['wasm', 'webgpu']);
    const { engine, trials, wanted } = store.getState();
    expect(engine.kind === 'running' && engine.why).toBe(
      'webgl is the fastest (webgl 8.0 ms, webgpu 30.0 ms, wasm 20.0 ms; measured here).',
    );
    expect(trials).toHaveLength(3);
    expect(wanted.place.backend).toBe('auto');
    await control.close();
  });

  test('auto closes each loser at once: at most wasm, the fastest so far and the one being timed are loaded', async () => {
    const { control, log, opened } = setUp({
      probe: (['webgpu', 'webgl', 'litert', 'litert-webgpu'] as const).map((backend) => ({
        backend,
        kind: 'usable',
        device: 'GPU',
        threads: null,
      })),
    });
    await control.apply(wanting('auto'));
    expect(log).toEqual([
      'open wasm',
      'open webgpu',
      'open webgl',
      'close webgpu',
      'open litert',
      'close litert',
      'open litert-webgpu',
      'close litert-webgpu',
      'close wasm',
    ]);
    expect(opened.filter(({ closed }) => closed === 0).map(({ description }) => description.backend)).toEqual(
      ['webgl'],
    );
    await control.close();
  });

  test('auto rejects a backend whose labels differ from those of wasm, however fast it is, and says so', async () => {
    const { control, store, opened } = setUp({
      probe: [{ backend: 'webgl', kind: 'usable', device: 'GPU', threads: null }],
      label: { webgl: 15 },
    });
    await control.apply(wanting('auto'));
    expect(control.current()?.description.backend).toBe('wasm');
    expect(opened.find(({ description }) => description.backend === 'webgl')?.closed).toBe(1);
    const { engine } = store.getState();
    expect(engine.kind === 'running' && engine.why).toContain('only 0.0 % of its labels are those of wasm');
    await control.close();
  });

  const LITERT: readonly ProbedBackend[] = [
    { backend: 'litert', kind: 'usable', device: '2 logical cores', threads: null },
    { backend: 'litert', kind: 'usable', device: '2 logical cores', threads: 2 },
  ];

  test('a visit that remembers LiteRT.js starts on wasm, which starts faster, and then switches to LiteRT.js', async () => {
    const { control, log, store } = setUp({ probe: LITERT });
    await control.apply(wanting('auto'));
    await control.suspend();
    log.length = 0;
    await control.resume();
    expect(log.filter((line) => line.startsWith('open'))).toEqual(['open wasm', 'open litert']);
    expect(control.current()?.description.backend).toBe('litert');
    const { engine } = store.getState();
    expect(engine.kind === 'running' && engine.why).toContain('on an earlier visit');
    await control.close();
  });

  test.each([
    ['a graph', 'tfjs', 'ours', ['open wasm', 'open litert', 'open litert x 2']],
    [
      'a .tflite, which already runs on it, only with other thread counts',
      'litert',
      'ours',
      ['open wasm', 'open litert x 2'],
    ],
    ['no stock pipeline', 'tfjs', 'stock', ['open wasm']],
  ] as const)('auto tries LiteRT.js for %s', async (_, runtime, pipeline, opens) => {
    const { control, log } = setUp({ probe: LITERT, runtime });
    await control.apply({ ...wanting('auto'), pipeline });
    expect(log.filter((line) => line.startsWith('open'))).toEqual(opens);
    await control.close();
  });

  test('auto never loads a backend that renders in software, and says so', async () => {
    const { control, store, log } = setUp({
      probe: [{ backend: 'webgl', kind: 'unusable', reason: 'rendered in software here (SwiftShader)' }],
    });
    await control.apply(wanting('auto'));
    expect(log.filter((line) => line.startsWith('open'))).toEqual(['open wasm']);
    const { engine } = store.getState();
    expect(engine.kind === 'running' && engine.why).toContain(
      'webgl: rendered in software here (SwiftShader)',
    );
    await control.close();
  });

  test('auto remembers the fastest backend and loads it at once the next time', async () => {
    const { control, log } = setUp({
      probe: [{ backend: 'webgl', kind: 'usable', device: 'GPU', threads: null }],
    });
    await control.apply(wanting('auto'));
    log.length = 0;
    await control.apply(wanting('auto'));
    expect(log.filter((line) => line.startsWith('open'))).toEqual(['open webgl']);
    await control.close();
  });

  test('auto forgets a remembered backend that is gone today and measures all of them again', async () => {
    const fail: Partial<Record<Backend, Problem>> = {};
    const { control, store } = setUp({
      probe: [{ backend: 'webgl', kind: 'usable', device: 'GPU', threads: null }],
      fail,
    });
    await control.apply(wanting('auto'));
    expect(control.current()?.description.backend).toBe('webgl');
    fail.webgl = { kind: 'backend-unavailable', backend: 'webgl', detail: 'blocked' };
    await control.apply(wanting('auto'));
    expect(control.current()?.description.backend).toBe('wasm');
    expect(store.getState().trials.find(({ backend }) => backend === 'webgl')?.outcome.kind).toBe('failed');
    await control.close();
  });

  test('a lost WebGL context is reported in one sentence, and the picture continues with wasm', async () => {
    const { control, store, opened } = setUp();
    await control.apply(wanting('webgl'));
    opened[0]?.die({ kind: 'context-lost', backend: 'webgl' });
    await expect.poll(() => control.current()?.description.backend).toBe('wasm');
    expect(opened[0]?.closed).toBe(1);
    expect(store.getState().notices.map(({ sentence }) => sentence)).toEqual([
      'The graphics device lost the webgl context.',
    ]);
    await control.close();
  });

  test('a wasm backend that dies is reported once and not restarted in a loop', async () => {
    const { control, store, opened } = setUp();
    await control.apply(wanting('wasm'));
    opened[0]?.die({ kind: 'worker-crashed', detail: 'test' });
    opened[0]?.die({ kind: 'worker-crashed', detail: 'test' });
    expect(control.current()).toBeNull();
    // Waits for any segmenter that is still opening.
    await control.suspend();
    expect(opened).toHaveLength(1);
    expect(store.getState().notices).toHaveLength(1);
    await control.close();
  });

  test('suspend() closes the running segmenter, and later choices wait for resume()', async () => {
    const { control, store, opened, log } = setUp();
    await control.apply(wanting('wasm'));
    await control.suspend();
    expect(opened[0]?.closed).toBe(1);
    expect(control.current()).toBeNull();
    expect(store.getState().engine).toEqual({ kind: 'none' });
    log.length = 0;
    await control.apply(wanting('cpu'));
    expect(log).toEqual([]);
    await control.resume();
    expect(control.current()?.description.backend).toBe('cpu');
    expect(store.getState().engine).toMatchObject({ kind: 'running', description: { backend: 'cpu' } });
    await control.close();
  });

  test('suspend() cancels a switch that is under way, and nothing runs', async () => {
    const { control, store, opened, gates, problems } = setUp();
    await control.apply(wanting('wasm'));
    let open: () => void = () => undefined;
    gates.set('cpu', new Promise((resolve) => (open = resolve)));
    const switching = control.apply(wanting('cpu'));
    const suspended = control.suspend();
    open();
    await Promise.all([switching, suspended]);
    expect(opened.map(({ closed }) => closed)).toEqual([1, 1]);
    expect(control.current()).toBeNull();
    expect([store.getState().notices, problems]).toEqual([[], []]);
    await control.resume();
    expect(control.current()?.description.backend).toBe('cpu');
    await control.close();
  });
});
