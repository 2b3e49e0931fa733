import { describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problems/problem.ts';
import type { Problem } from '../domain/problems/problem.ts';
import { failureOf, messageOf } from './failure.ts';
import type { RunningBackend } from './running-backend.ts';

function backendThatDiedOf(death: Problem | null): RunningBackend {
  return {
    facts: {
      backend: 'wasm',
      device: '2 logical cores',
      softwareRendered: false,
      simd: true,
      threads: 1,
      float16Textures: null,
    },
    upload: () => undefined,
    read: () => new Float32Array(),
    death: () => death,
    onDeath: () => undefined,
    close: () => undefined,
  };
}

const ALIVE = backendThatDiedOf(null);

describe('failureOf', () => {
  test('a thrown problem is kept unchanged, and the worker stays usable', () => {
    const problem: Problem = { kind: 'model-file-corrupt', file: 'model.json' };
    expect(failureOf(new ProblemError(problem), ALIVE)).toEqual({ problem, fatal: false });
  });

  test('a dead device explains every error and is fatal', () => {
    const lost: Problem = { kind: 'context-lost', backend: 'webgl' };
    expect(failureOf(new Error('null is not a texture'), backendThatDiedOf(lost))).toEqual({
      problem: lost,
      fatal: true,
    });
  });

  test.each([
    new RangeError('Array buffer allocation failed'),
    new Error('Aborted(OOM). Build with -sASSERTIONS for more info.'),
    new Error('Unable to create WebGLTexture.'),
    new WebAssembly.RuntimeError('Aborted(Cannot enlarge memory arrays)'),
  ])('a failed allocation is fatal: %s', (error) =>
    expect(failureOf(error, ALIVE)).toEqual({
      problem: { kind: 'out-of-memory', backend: 'wasm' },
      fatal: true,
    }),
  );

  test('a trap in WASM is fatal', () =>
    expect(failureOf(new WebAssembly.RuntimeError('unreachable'), ALIVE)).toEqual({
      problem: { kind: 'inference-failed', detail: 'unreachable' },
      fatal: true,
    }));

  test('any other error fails one request', () =>
    expect(failureOf(new Error('no kernel for Einsum'), ALIVE)).toEqual({
      problem: { kind: 'inference-failed', detail: 'no kernel for Einsum' },
      fatal: false,
    }));
});

test('messageOf reads the plain objects that TensorFlow.js rejects with', () => {
  expect(messageOf({ message: 'no wasm' })).toBe('no wasm');
  expect(messageOf('text')).toBe('text');
});
