import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { backend, square, tensor } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { Problem } from '../domain/problems/problem.ts';
import { startBackend } from './backend-start.ts';

test('the WebGL backend blocks for its results, and reports a lost context even while idle', async () => {
  const running = await startBackend('webgl');
  expect(running.facts.device).not.toBe('');
  expect(running.facts.simd).toBeNull();
  expect(running.facts.threads).toBeNull();

  const input = tensor([1, 2, 3], [3], 'float32');
  // Neither call may return a promise: tf.data() would poll with 4 ms granularity.
  expect(running.upload(input)).toBeUndefined();
  const output = square(input);
  expect(running.read(output)).toEqual(new Float32Array([1, 4, 9]));

  const webgl = backend();
  if (!(webgl instanceof MathBackendWebGL)) throw new Error('This is not the WebGL backend.');
  const told: Problem[] = [];
  const death = new Promise((resolve) =>
    running.onDeath((problem) => {
      told.push(problem);
      resolve(problem);
    }),
  );
  expect(running.death()).toBeNull();
  webgl.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
  await death;
  expect(running.death()).toEqual({ kind: 'context-lost', backend: 'webgl' });
  expect(told).toEqual([{ kind: 'context-lost', backend: 'webgl' }]);
});
