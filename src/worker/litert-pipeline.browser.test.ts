import { beforeAll, describe, expect, test } from 'vitest';
import type { Pipeline } from '../domain/measuring/configuration.ts';
import { browserSetup } from '../domain/setup.ts';
import { VOC_CLASSES } from '../domain/labels/class-list.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { Problem } from '../domain/problems/problem.ts';
import { KNOWN_ANSWERS } from './known-answers.ts';
import { LitertInput } from './litert-input.ts';
import { startLitertRuntime } from './litert-runtime.ts';
import { proveNetwork } from './litert-proof.ts';
import type { ModelToLoad } from '../catalogue/model-to-load.ts';
import type { LoadRequest, Runtime, RuntimeModel } from './runtime.ts';

const FOLDER = new URL('/models/segscope-mnv2-257/', location.href);
const CAT = 8;
const FILES = {
  float16: 'tflite/segscope-mnv2-257-float16.tflite',
  int8: 'tflite/segscope-mnv2-257-int8.tflite',
} as const;

function model(path: string, changes: Partial<ModelToLoad> = {}): ModelToLoad {
  return {
    id: 'embedded',
    name: 'Embedded',
    runtime: 'litert',
    graph: { path, url: new URL(path, FOLDER).href, bytes: null, sha256: null },
    shards: [],
    padding: { kind: 'outside' },
    precision: 'int8',
    classList: 'voc',
    classNames: VOC_CLASSES.names,
    ...changes,
  };
}

function request(loaded = model(FILES.int8), pipeline: Pipeline = 'ours'): LoadRequest {
  const setup = browserSetup(loaded.id, 257, 'wasm', { pipeline });
  return { kind: 'load', setup, model: loaded, contended: false };
}

async function problemOf(work: () => Promise<unknown>): Promise<Problem> {
  const error: unknown = await work().then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error('No problem was reported.', { cause: error });
}

/** One for all tests: the library starts once per thread. */
let runtime: Runtime;
let chelsea: Blob;

beforeAll(async () => {
  runtime = await startLitertRuntime('wasm');
  chelsea = await (await fetch('/samples/chelsea.jpg')).blob();
});

async function download(path: string): Promise<RuntimeModel> {
  return runtime.download(model(path), () => undefined);
}

describe('the LiteRT.js runtime', () => {
  test.each(['float16', 'int8'] as const)('finds the cat with the embedded %s file', async (name) => {
    const { pipeline } = await (await download(FILES[name])).open(request());
    const { labelMap } = await pipeline.segment(await createImageBitmap(chelsea));
    expect([labelMap.width, labelMap.height]).toEqual([257, 171]);
    const share01 = labelMap.labels.filter((label) => label === CAT).length / labelMap.labels.length;
    // Observed 0.76 with both.
    expect(share01).toBeGreaterThan(0.7);
    expect(pipeline).toMatchObject({ inputSize: 257, outputStride: 16 });
    pipeline.dispose();
    pipeline.dispose();
  });

  test('describes itself and its device', () => {
    expect(runtime.name).toMatch(/^LiteRT\.js \d+\.\d+\.\d+$/);
    expect(runtime.device.facts).toMatchObject({ backend: 'wasm', simd: true, softwareRendered: false });
    expect(runtime.device.facts.threads).toBeGreaterThanOrEqual(1);
  });

  test('neither a frame nor a bare measurement leaks tensors', async () => {
    const { pipeline } = await (await download(FILES.int8)).open(request());
    expect((await problemOf(() => pipeline.measureBare(1))).kind).toBe('inference-failed');
    const pixels = await createImageBitmap(chelsea);
    for (let i = 0; i < 10; i++) await pipeline.segment(pixels);
    expect(await pipeline.measureBare(3)).toHaveLength(3);
    expect(runtime.memory()).toEqual({ tensors: 0, bytes: 0 });
    pipeline.dispose();
  });

  test.each(Object.values(FILES))('%s gives its known answer', async (path) => {
    const downloaded = await download(path);
    expect(KNOWN_ANSWERS.has(downloaded.files[0]?.sha256 ?? '')).toBe(true);
    const { pipeline, prove } = await downloaded.open(request());
    await prove?.();
    pipeline.dispose();
  });

  test.each([
    ['the stock pipeline', model(FILES.int8), 'stock', /cannot run \.tflite files/],
    [
      'a model with other classes',
      model(FILES.int8, { classNames: ['road', 'sky'] }),
      'ours',
      /scores 21 classes/,
    ],
  ] as const)('refuses %s, and says why', async (_, loaded, pipeline, detail) => {
    const downloaded = await download(FILES.int8);
    expect(await problemOf(() => downloaded.open(request(loaded, pipeline)))).toMatchObject({
      kind: 'model-invalid',
      modelId: 'embedded',
      detail: expect.stringMatching(detail) as string,
    });
  });

  test('refuses a file that is not a .tflite, and names it', async () => {
    const wrong = model('tfjs/model.json');
    const downloaded = await runtime.download(wrong, () => undefined);
    expect(await problemOf(() => downloaded.open(request(wrong)))).toMatchObject({
      kind: 'model-invalid',
      modelId: 'embedded',
      detail: expect.stringContaining('TFL3') as string,
    });
  });

  test('refuses other backends than wasm and webgpu before it fetches anything', async () => {
    expect(await problemOf(() => startLitertRuntime('webgl'))).toMatchObject({
      kind: 'backend-unavailable',
      backend: 'webgl',
    });
  });
});

describe('a network that computes garbage without an error', () => {
  const logits = {
    name: 'logits',
    type: 'uint8',
    gridHeight: 3,
    gridWidth: 3,
    classes: 2,
    quantization: { scale: 1, zeroPoint: 0 },
  } as const;
  const scores = (...pair: [number, number]) =>
    Promise.resolve(new Uint8Array(Array.from({ length: 9 }, () => pair).flat()));
  const about = (run: () => Promise<Uint8Array | Float32Array>, share01: number | null) => ({
    modelId: 'garbage',
    network: { run },
    input: new LitertInput('uint8'),
    inputSize: 33,
    logits,
    answer: share01 === null ? null : { label: 1, share01 },
    reference: null,
  });

  test('is detected by the known answer', async () => {
    await expect(proveNetwork(about(() => scores(1, 2), 0.95))).resolves.toBeUndefined();
    expect(await problemOf(() => proveNetwork(about(() => scores(2, 1), 0.95)))).toMatchObject({
      detail: expect.stringContaining('covers 0 % of a known picture instead of 95 %') as string,
    });
  });

  test('is detected without a known answer when it ignores its picture', async () => {
    expect(await problemOf(() => proveNetwork(about(() => scores(1, 2), null)))).toMatchObject({
      detail: expect.stringContaining('plain grey the same') as string,
    });
  });

  test('is detected without a known answer when its answers vary', async () => {
    let calls = 0;
    expect(await problemOf(() => proveNetwork(about(() => scores(1, calls++), null)))).toMatchObject({
      detail: expect.stringContaining('differently each time') as string,
    });
  });

  test.each([
    ['otherwise', scores(2, 1), /scores on the GPU differ/],
    [
      'nothing where the CPU scores something',
      Promise.resolve(new Uint8Array(0)),
      /scores on the GPU differ/,
    ],
  ])('is detected on a GPU when it scores %s', async (_, answer, detail) => {
    let disposed = 0;
    const reference = { run: () => scores(1, 2), dispose: () => disposed++ };
    expect(await problemOf(() => proveNetwork({ ...about(() => answer, null), reference }))).toMatchObject({
      detail: expect.stringMatching(detail) as string,
    });
    expect(disposed).toBe(1);
  });

  test('is detected when its scores are not numbers', async () => {
    const run = () => Promise.resolve(new Float32Array(18).fill(Number.NaN));
    expect(await problemOf(() => proveNetwork(about(run, null)))).toMatchObject({
      detail: expect.stringContaining('not numbers') as string,
    });
  });
});
