/** Starts TensorFlow.js's WebAssembly backend with binaries from the page's own origin. */
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import plainUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import { env, setBackend } from '@tensorflow/tfjs-core';
import { endOnce } from './backend-end.ts';
import { halfOfCores } from '../domain/backend.ts';
import { logicalCores, processorName } from './processor.ts';
import type { RunningBackend } from './running-backend.ts';

/** @throws Error when the binary cannot be fetched or compiled. */
export async function startWasmBackend(): Promise<RunningBackend> {
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
  });
  const cores = logicalCores();
  const threads = halfOfCores(cores);
  // The threaded binary starts a pool of nested workers even for one thread.
  if (threads === 1) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setThreadsCount(threads);
  if (!(await setBackend('wasm'))) throw new Error('its binary could not be loaded');
  const simd = await isSupported('WASM_HAS_SIMD_SUPPORT');
  const threaded = simd && (await isSupported('WASM_HAS_MULTITHREAD_SUPPORT'));
  return {
    facts: {
      backend: 'wasm',
      device: processorName(cores),
      softwareRendered: false,
      simd,
      threads: threaded ? getThreadsCount() : 1,
      float16Textures: null,
    },
    // Creating a tensor copies its values into the WASM heap at once.
    upload: () => undefined,
    read: (tensor) => tensor.dataSync<'float32'>(),
    death: () => null,
    onDeath: () => undefined,
    close: endOnce('wasm'),
  };
}

async function isSupported(flag: string): Promise<boolean> {
  return (await env().getAsync(flag)) === true;
}
