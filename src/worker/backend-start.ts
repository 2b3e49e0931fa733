/** Starts the chosen backend; its code is fetched only then. */
import { ready } from '@tensorflow/tfjs-core';
import type { Backend } from '../domain/backend.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { messageOf } from './failure.ts';
import type { RunningBackend } from './running-backend.ts';

/** @throws ProblemError backend-unavailable */
export async function startBackend(backend: Backend): Promise<RunningBackend> {
  try {
    const running = await start(backend);
    await ready();
    return running;
  } catch (error) {
    throw new ProblemError(
      { kind: 'backend-unavailable', backend, detail: messageOf(error) },
      { cause: error },
    );
  }
}

async function start(backend: Backend): Promise<RunningBackend> {
  switch (backend) {
    case 'webgl':
      return (await import('./webgl-backend.ts')).startWebglBackend();
    case 'webgpu':
      return (await import('./webgpu-backend.ts')).startWebgpuBackend();
    case 'wasm':
      return (await import('./wasm-backend.ts')).startWasmBackend();
    case 'litert':
    case 'litert-webgpu':
      throw new Error('LiteRT.js is a separate runtime');
    case 'cpu':
      return (await import('./cpu-backend.ts')).startCpuBackend();
  }
}
