/** Starts TensorFlow.js's WebGPU backend and watches its device. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import { isSoftwareRenderer } from '../domain/backend.ts';
import { endOnce } from './backend-end.ts';
import { DeathWatch } from './death-watch.ts';
import type { RunningBackend } from './running-backend.ts';
import { adapterName, fastestAdapter } from './webgpu-adapter.ts';

/** @throws Error when the browser or the machine has no WebGPU. */
export async function startWebgpuBackend(): Promise<RunningBackend> {
  const device = await adapterName(await fastestAdapter());
  if (!(await setBackend('webgpu'))) throw new Error('TensorFlow.js could not get a WebGPU device');
  const webgpu = backend();
  if (!(webgpu instanceof WebGPUBackend)) throw new Error('TensorFlow.js started another backend');
  const watch = new DeathWatch();
  void webgpu.device.lost.then(() => watch.die({ kind: 'context-lost', backend: 'webgpu' }));
  webgpu.device.addEventListener('uncapturederror', (event) => {
    if (event instanceof GPUUncapturedErrorEvent && event.error instanceof GPUOutOfMemoryError)
      watch.die({ kind: 'out-of-memory', backend: 'webgpu' });
  });
  return {
    facts: {
      backend: 'webgpu',
      device,
      softwareRendered: isSoftwareRenderer(device),
      simd: null,
      threads: null,
      float16Textures: false,
    },
    upload: async (tensor) => {
      webgpu.uploadToGPU(tensor.dataId);
      // A new buffer is filled without a command, and submitQueue() throws with nothing to submit.
      webgpu.ensureCommandEncoderReady();
      webgpu.submitQueue();
      await webgpu.queue.onSubmittedWorkDone();
    },
    // WebGPU cannot block; its data() awaits the mapped buffer and does not poll.
    read: (tensor) => tensor.data<'float32'>(),
    death: () => watch.death(),
    onDeath: (listener) => watch.onDeath(listener),
    close: endOnce('webgpu'),
  };
}
