/** Starts LiteRT.js on the processor, with a sensible number of threads, or on WebGPU, and describes the device. */
import { halfOfCores, isSoftwareRenderer, type Backend } from '../domain/backend.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { DeathWatch } from './death-watch.ts';
import { messageOf } from './failure.ts';
import { loadLitertLibrary, type LitertLibrary } from './litert-library.ts';
import { logicalCores, processorName } from './processor.ts';
import type { RunningDevice } from './running-backend.ts';
import { adapterName, fastestAdapter } from './webgpu-adapter.ts';

export interface LitertDevice {
  readonly library: LitertLibrary;
  /** For instance "LiteRT.js 2.5.3". */
  readonly name: string;
  readonly device: RunningDevice;
}

/**
 * @param backend 'webgpu' and 'litert-webgpu' run on the GPU, all others on the CPU.
 * @param threads null: the default for this CPU. Ignored on WebGPU.
 * @throws ProblemError backend-unavailable
 */
export async function startLitertDevice(backend: Backend, threads: number | null): Promise<LitertDevice> {
  try {
    const started =
      backend === 'webgpu' || backend === 'litert-webgpu'
        ? await startOnGpu(backend)
        : await startOnProcessor(backend, threads);
    return { ...started, name: `LiteRT.js ${LITERT_VERSION}` };
  } catch (error) {
    const detail = messageOf(error);
    throw new ProblemError({ kind: 'backend-unavailable', backend, detail }, { cause: error });
  }
}

type Started = Omit<LitertDevice, 'name'>;

async function startOnProcessor(backend: Backend, threads: number | null): Promise<Started> {
  const cores = logicalCores();
  const library = await loadLitertLibrary({ threads: threads ?? halfOfCores(cores) });
  const facts = {
    backend,
    device: processorName(cores),
    softwareRendered: false,
    simd: true,
    threads: library.threads,
    float16Textures: null,
  };
  return {
    library,
    device: { facts, death: () => null, onDeath: () => undefined, close: () => undefined },
  };
}

async function startOnGpu(backend: 'webgpu' | 'litert-webgpu'): Promise<Started> {
  const adapter = await fastestAdapter();
  const gpu = await adapter.requestDevice({ requiredLimits: limitsOf(adapter) });
  const device = await adapterName(adapter);
  const watch = new DeathWatch();
  let closed = false;
  void gpu.lost.then(() => {
    if (!closed) watch.die({ kind: 'context-lost', backend });
  });
  gpu.addEventListener('uncapturederror', (event) => {
    if (event instanceof GPUUncapturedErrorEvent && event.error instanceof GPUOutOfMemoryError)
      watch.die({ kind: 'out-of-memory', backend });
  });
  return {
    library: await loadLitertLibrary({ gpu }),
    device: {
      facts: {
        backend,
        device,
        softwareRendered: isSoftwareRenderer(device),
        simd: null,
        threads: null,
        float16Textures: false,
      },
      death: () => watch.death(),
      onDeath: (listener) => watch.onDeath(listener),
      close() {
        closed = true;
        gpu.destroy();
      },
    },
  };
}

/**
 * The whole adapter: the defaults are too small for the activations of a network at 513. LiteRT.js requests the same.
 */
function limitsOf({ limits }: GPUAdapter): Record<string, number> {
  const {
    maxBufferSize,
    maxStorageBufferBindingSize,
    maxStorageBuffersPerShaderStage,
    maxTextureDimension2D,
  } = limits;
  return {
    maxBufferSize,
    maxStorageBufferBindingSize,
    maxStorageBuffersPerShaderStage,
    maxTextureDimension2D,
  };
}

/** LiteRT.js does not report its version; a test compares this one with the installed package. */
export const LITERT_VERSION = '2.5.3';
