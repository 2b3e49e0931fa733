/** WebGPU: in software without a GPU; skipped if the browser has no adapter at all. */
import { beforeAll, describe, expect, test } from 'vitest';
import { agreement01 } from '../domain/labels/label-map.ts';
import { PUBLISHED_SIDE, mobilenetLike, xceptionLike } from '../model-import/testing/published-graph.ts';
import { startRuntime } from './model-loading.ts';
import type { Runtime } from './runtime.ts';
import { imported, labelsOf, request } from './testing/models-to-load.ts';

const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter() : null;

let chelsea: Blob;
let wasm: Runtime;

beforeAll(async () => {
  chelsea = await (await fetch('/samples/chelsea.jpg')).blob();
  wasm = await startRuntime('tfjs', 'wasm');
});

describe.skipIf(adapter === null)('on WebGPU', { timeout: 240_000 }, () => {
  let litert: Runtime;

  beforeAll(async () => {
    litert = await startRuntime('tfjs', 'litert-webgpu');
  });

  test('LiteRT.js says on which device it runs', () => {
    expect(litert.device.facts).toMatchObject({ backend: 'litert-webgpu', threads: null });
    expect(litert.device.facts.device).not.toBe('');
  });

  test.each([
    ['MobileNetV2 with a pooled branch as bias', mobilenetLike],
    ['Xception with fixed padding, five branches and a decoder', xceptionLike],
  ])(
    'LiteRT.js gives the same labels as TensorFlow.js on wasm, converted graph like %s',
    async (_, graph) => {
      const wanted = request(imported(graph(11)), {
        backend: 'litert-webgpu',
        inputSize: PUBLISHED_SIDE,
      });
      const labels = await labelsOf(litert, wanted, chelsea);
      expect(new Set(labels.labels).size).toBeGreaterThan(1);
      expect(agreement01(labels, await labelsOf(wasm, wanted, chelsea))).toBeGreaterThan(0.999);
    },
  );

  test('TensorFlow.js gives the same labels as on wasm', async () => {
    const wanted = request(imported(mobilenetLike(11)), { backend: 'webgpu', inputSize: PUBLISHED_SIDE });
    // First: one thread has one backend of TensorFlow.js at a time.
    const onWasm = await labelsOf(wasm, wanted, chelsea);
    const webgpu = await startRuntime('tfjs', 'webgpu');
    expect(agreement01(await labelsOf(webgpu, wanted, chelsea), onWasm)).toBeGreaterThan(0.999);
    webgpu.device.close();
  });
});
