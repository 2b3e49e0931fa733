import { beforeAll, describe, expect, test } from 'vitest';
import { agreement01 } from '../domain/labels/label-map.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { Problem } from '../domain/problems/problem.ts';
import { PUBLISHED_SIDE, mobilenetLike, xceptionLike } from '../model-import/testing/published-graph.ts';
import { startRuntime } from './model-loading.ts';
import type { Runtime } from './runtime.ts';
import { embedded, imported, labelsOf, request } from './testing/models-to-load.ts';

async function problemOf(work: () => Promise<unknown>): Promise<Problem> {
  const error: unknown = await work().then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error('No problem was reported.', { cause: error });
}

let litert: Runtime;
let tfjs: Runtime;
let chelsea: Blob;

beforeAll(async () => {
  litert = await startRuntime('tfjs', 'litert');
  tfjs = await startRuntime('tfjs', 'wasm');
  chelsea = await (await fetch('/samples/chelsea.jpg')).blob();
});

describe('a graph on LiteRT.js', () => {
  test.each([257, 385])('gives the labels of TensorFlow.js, embedded model at %i', async (inputSize) => {
    const wanted = request(embedded(), { inputSize });
    const ours = await labelsOf(litert, wanted, chelsea);
    expect([ours.width, ours.height]).toEqual([inputSize, Math.round((300 / 451) * inputSize)]);
    // Observed 1: the scores differ in the fifth digit.
    expect(agreement01(ours, await labelsOf(tfjs, wanted, chelsea))).toBeGreaterThan(0.9999);
  });

  test.each([
    ['MobileNetV2 with a pooled branch as bias', mobilenetLike],
    ['Xception with fixed padding, five branches and a decoder', xceptionLike],
  ])('gives the labels of TensorFlow.js, converted graph like %s', async (_, graph) => {
    const wanted = request(imported(graph(11)), { inputSize: PUBLISHED_SIDE });
    const ours = await labelsOf(litert, wanted, chelsea);
    expect(new Set(ours.labels).size).toBeGreaterThan(1);
    expect(agreement01(ours, await labelsOf(tfjs, wanted, chelsea))).toBeGreaterThan(0.999);
  });

  test('describes itself and leaves no tensors', async () => {
    const { name, device } = litert;
    expect(name).toMatch(/^LiteRT\.js \d/);
    expect(device.facts).toMatchObject({ backend: 'litert', simd: true });
    const { pipeline } = await (await litert.download(embedded(), () => undefined)).open(request(embedded()));
    const pixels = await createImageBitmap(chelsea);
    for (let i = 0; i < 10; i++) await pipeline.segment(pixels);
    expect(await pipeline.measureBare(2)).toHaveLength(2);
    expect(litert.memory()).toEqual({ tensors: 0, bytes: 0 });
    pipeline.dispose();
  });

  test.each([
    ['the stock pipeline', embedded(), 'stock', /needs TensorFlow\.js/],
    [
      'a graph that pads its picture itself',
      embedded({ padding: { kind: 'inside', size: 513 } }),
      'ours',
      /import the model to convert it/,
    ],
  ] as const)('refuses %s and says why', async (_, model, pipeline, detail) => {
    const download = await litert.download(embedded(), () => undefined);
    expect(await problemOf(() => download.open(request(model, { pipeline })))).toMatchObject({
      kind: 'backend-unavailable',
      backend: 'litert',
      detail: expect.stringMatching(detail) as string,
    });
  });

  test('refuses a model with other classes', async () => {
    const model = embedded({ classNames: ['road', 'sky'] });
    const download = await litert.download(model, () => undefined);
    expect(await problemOf(() => download.open(request(model)))).toMatchObject({
      kind: 'model-invalid',
      detail: 'it scores 21 classes, the catalogue names 2',
    });
  });
});
