import { getBackend, square, tensor } from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { startBackend } from './backend-start.ts';
import { startLitertDevice } from './litert-device.ts';

test.each(['wasm', 'cpu'] as const)('the %s backend blocks for its results', async (name) => {
  const running = await startBackend(name);
  expect(getBackend()).toBe(name);
  expect(running.facts).toMatchObject({ backend: name, softwareRendered: false, float16Textures: null });
  expect(running.facts.device).toMatch(/^\d+ logical cores?$/);
  const input = tensor([1, 2, 3], [3], 'float32');
  expect(running.upload(input)).toBeUndefined();
  expect(running.read(square(input))).toEqual(new Float32Array([1, 4, 9]));
  running.close();
  running.close();
});

test('without an adapter, WebGPU is unavailable and the error says why', async () => {
  vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(null);
  const problem = { kind: 'backend-unavailable', detail: 'this browser has no WebGPU adapter' };
  await expect(startBackend('webgpu')).rejects.toMatchObject({ problem: { ...problem, backend: 'webgpu' } });
  await expect(startLitertDevice('litert-webgpu', null)).rejects.toMatchObject({
    problem: { ...problem, backend: 'litert-webgpu' },
  });
});

test('the clock is fine enough to time a stage: cross-origin isolated, at most 100 us', () => {
  expect(crossOriginIsolated).toBe(true);
  const steps: number[] = [];
  for (let last = performance.now(); steps.length < 50;) {
    const now = performance.now();
    if (now > last) steps.push(now - last);
    last = now;
  }
  expect(Math.min(...steps)).toBeLessThan(0.09);
});
