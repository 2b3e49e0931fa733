import { describe, expect, test } from 'vitest';
import type { RunTarget } from '../../domain/measuring/run.ts';
import type { HeldReportFrame } from './report-frame.ts';
import { measureChoice, type RunnerParts } from './run-runner.ts';
import { choice, planDoubles, type DoubleOptions } from './testing/run-doubles.ts';

const target: RunTarget = { frames: 6, seconds: 0, warmUpFrames: 2 };
const unheard = new AbortController().signal;

const held: HeldReportFrame = {
  frame: { sha256: 'aa', png: Uint8Array.of(1), width: 4, height: 3, source: 'sample:astronaut' },
  copy: () => {
    const pixels = { width: 4, height: 3, close: () => undefined } as unknown as ImageBitmap;
    return Promise.resolve({ id: 77, width: 4, height: 3, pixels, waitMs: 0 });
  },
  close: () => undefined,
};

function setUp(options: DoubleOptions = {}) {
  const log: string[] = [];
  const doubles = planDoubles(log, options);
  const parts: RunnerParts = {
    ...doubles,
    openSource: ({ sourceKey }, signal) => doubles.openSource(sourceKey, signal),
  };
  const watcher = {
    onLoading: () => void log.push('loading'),
    onRecording: () => void log.push('recording'),
    onSaving: () => void log.push('saving'),
  };
  const measure = (change = {}, signal = unheard, frame: HeldReportFrame | null = held) =>
    measureChoice(parts, choice(change), target, frame, signal, watcher);
  return { measure, log };
}

describe('measuring one choice', () => {
  test('loads without contention before it opens the source, and closes everything at the end', async () => {
    const { measure, log } = setUp();
    await measure();
    expect(log).toEqual([
      ...['loading', 'load wasm 257', 'open sample:astronaut', 'recording', 'saving'],
      ...['close sample:astronaut', 'close wasm', 'close sample:astronaut', 'close painter'],
    ]);
  });

  test('records the actual configuration, separates cold and warm, and marks the run valid', async () => {
    const measured = await setUp().measure({ pipeline: 'stock' });
    expect(measured?.run).toMatchObject({
      schemaVersion: 1,
      id: 'run-1',
      name: 'Model test-model, wasm, 257 px, stock pipeline',
      notes: '',
      startedAt: '2026-11-22T12:00:00.000Z',
      ...choice({ pipeline: 'stock' }),
      target,
      cold: { firstInferenceMs: 4, contended: false },
      sourcePictures: null,
      events: { hidden: 0, contextLost: false, backendChanged: false, endedEarly: null },
      memory: { tensorsLoaded: 5, tensorsAfter: 5, bytesLoaded: 500, bytesAfter: 500, tensorsLeft: 0 },
      validity: { valid: true },
    });
    expect(measured?.run.columns.frame).toEqual(Array.from({ length: 6 }, () => 15));
  });

  test('ends with the report frame in the same model', async () => {
    const measured = await setUp().measure();
    expect(measured?.picture).toEqual({
      frame: held.frame,
      labelMap: { width: 2, height: 1, labels: Uint8Array.of(0, 77) },
    });
    expect((await setUp().measure({}, unheard, null))?.picture).toBeNull();
  });

  test('loses only the picture, never the run, when the report frame fails', async () => {
    const problem = { kind: 'inference-failed', detail: 'odd size' } as const;
    const measured = await setUp({ frameFails: { wasm: { at: 9, problem } } }).measure();
    expect(measured?.picture).toBeNull();
    expect(measured?.run.validity.valid).toBe(true);
  });

  test('marks a run invalid if tensors remain after closing', async () => {
    const measured = await setUp({ leaves: 3 }).measure();
    expect(measured?.run.memory.tensorsLeft).toBe(3);
    expect(measured?.run.validity.checks.filter(({ passed }) => !passed)).toMatchObject([
      { check: 'tensors-back' },
    ]);
  });

  test('keeps the frames before a lost context as an invalid run', async () => {
    const problem = { kind: 'context-lost', backend: 'webgl' } as const;
    const { measure, log } = setUp({ frameFails: { webgl: { at: 6, problem } } });
    const measured = await measure({ backend: 'webgl' });
    expect(measured?.run.columns.frame).toHaveLength(3);
    expect(measured?.run.validity.checks.filter(({ passed }) => !passed).map(({ check }) => check)).toEqual([
      'target-reached',
      'no-context-loss',
    ]);
    expect(log).toContain('close webgl');
  });

  test('throws a problem if the model fails to load, the source fails to open or the first frame fails', async () => {
    const gone = { kind: 'backend-unavailable', backend: 'webgpu', detail: 'no adapter' } as const;
    await expect(setUp({ loadFails: { webgpu: gone } }).measure({ backend: 'webgpu' })).rejects.toMatchObject(
      {
        problem: gone,
      },
    );
    await expect(setUp().measure({ modelId: 'unknown' })).rejects.toMatchObject({
      problem: { kind: 'model-unknown', modelId: 'unknown' },
    });
    const denied = { kind: 'camera-denied' } as const;
    const source = setUp({ sourceFails: { 'camera:': denied } });
    await expect(source.measure({ sourceKey: 'camera:' })).rejects.toMatchObject({ problem: denied });
    expect(source.log).toContain('close wasm');
    const lost = { kind: 'context-lost', backend: 'wasm' } as const;
    const first = setUp({ frameFails: { wasm: { at: 1, problem: lost } } });
    await expect(first.measure()).rejects.toMatchObject({ problem: lost });
    expect(first.log).toContain('close wasm');
  });

  test('keeps the counted frames when cancelled midway, marked as cancelled and without a picture', async () => {
    const controller = new AbortController();
    let frames = 0;
    const { measure, log } = setUp({
      gate: async () => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (++frames === 6) controller.abort();
      },
    });
    const measured = await measure({}, controller.signal);
    expect(measured?.run.columns.frame).toHaveLength(3);
    expect(measured?.run.events.endedEarly).toBe('Cancelled.');
    expect(measured?.run.validity.valid).toBe(false);
    expect(measured?.picture).toBeNull();
    expect(log).toContain('close wasm');
  });

  test('gives no run when cancelled while loading or warming up', async () => {
    expect(await setUp().measure({}, AbortSignal.abort())).toBeNull();
    const controller = new AbortController();
    const { measure, log } = setUp({
      gate: () => {
        controller.abort();
        return Promise.resolve();
      },
    });
    expect(await measure({}, controller.signal)).toBeNull();
    expect(log).toContain('close wasm');
  });
});
