/** Starts TensorFlow.js's plain JavaScript backend: the slowest, but it runs everywhere. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { endOnce } from './backend-end.ts';
import { processorName } from './processor.ts';
import type { RunningBackend } from './running-backend.ts';

export async function startCpuBackend(): Promise<RunningBackend> {
  if (!(await setBackend('cpu'))) throw new Error('TensorFlow.js did not start it');
  return {
    facts: {
      backend: 'cpu',
      device: processorName(),
      softwareRendered: false,
      simd: null,
      threads: null,
      float16Textures: null,
    },
    upload: () => undefined,
    read: (tensor) => tensor.dataSync<'float32'>(),
    death: () => null,
    onDeath: () => undefined,
    close: endOnce('cpu'),
  };
}
