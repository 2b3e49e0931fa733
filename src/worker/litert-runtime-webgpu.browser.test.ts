/** .tflite files on WebGPU: in software without a GPU; skipped if the browser has no adapter at all. */
import { beforeAll, describe, expect, test } from 'vitest';
import { agreement01 } from '../domain/labels/label-map.ts';
import { startRuntime } from './model-loading.ts';
import type { Runtime } from './runtime.ts';
import { embedded, labelsOf, request } from './testing/models-to-load.ts';

const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter() : null;

let chelsea: Blob;

const embeddedFile = (weights: 'float16' | 'int8') => {
  const path = `tflite/segscope-mnv2-257-${weights}.tflite`;
  const url = new URL(`/models/segscope-mnv2-257/${path}`, location.href).href;
  const graph = { path, url, bytes: null, sha256: null };
  return request(embedded({ runtime: 'litert', graph, shards: [] }), { backend: 'webgpu' });
};

describe.skipIf(adapter === null)('a .tflite file on WebGPU', { timeout: 240_000 }, () => {
  let webgpu: Runtime;

  beforeAll(async () => {
    chelsea = await (await fetch('/samples/chelsea.jpg')).blob();
    webgpu = await startRuntime('litert', 'webgpu');
  });

  test('with float numbers gives the same labels as on wasm', async () => {
    const wasm = await startRuntime('tfjs', 'wasm');
    const expected = await labelsOf(wasm, request(embedded(), { backend: 'wasm' }), chelsea);
    expect(new Set(expected.labels).size).toBeGreaterThan(1);
    expect(agreement01(await labelsOf(webgpu, embeddedFile('float16'), chelsea), expected)).toBeGreaterThan(
      0.999,
    );
  });

  test('with quantised numbers is refused before the first frame, and the error says why', async () => {
    await expect(labelsOf(webgpu, embeddedFile('int8'), chelsea)).rejects.toMatchObject({
      problem: {
        kind: 'backend-unavailable',
        backend: 'webgpu',
        detail: 'LiteRT.js runs quantised networks only on wasm',
      },
    });
  });
});
