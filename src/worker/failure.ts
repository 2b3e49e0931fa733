/** Turns any exception of a backend into a Problem, and says whether the worker survives it. */
import { ProblemError } from '../domain/problems/problem.ts';
import type { Problem } from '../domain/problems/problem.ts';
import type { RunningDevice } from './running-backend.ts';

export interface Failure {
  readonly problem: Problem;
  /** The worker cannot be used any more. */
  readonly fatal: boolean;
}

/** How V8, Emscripten, TensorFlow.js's WebGL backend and WebGPU report failed allocations. */
const OUT_OF_MEMORY =
  /out of memory|\bOOM\b|allocation failed|enlarge memory|unable to create webgltexture|GPUOutOfMemory/i;

/** @param device null until one runs. */
export function failureOf(error: unknown, device: RunningDevice | null): Failure {
  const death = device?.death() ?? null;
  if (death !== null) return { problem: death, fatal: true };
  if (error instanceof ProblemError) return { problem: error.problem, fatal: false };
  const detail = messageOf(error);
  if (device !== null && OUT_OF_MEMORY.test(detail)) {
    return { problem: { kind: 'out-of-memory', backend: device.facts.backend }, fatal: true };
  }
  // After a trap the state of the WASM heap is unknown.
  const trapped = error instanceof WebAssembly.RuntimeError;
  return { problem: { kind: 'inference-failed', detail }, fatal: trapped };
}

/** TensorFlow.js also rejects with plain objects that have a message. */
export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}
