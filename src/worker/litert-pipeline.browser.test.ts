import { expect, test } from 'vitest';
import { VOC_CLASSES } from '../domain/class-list.ts';
import type { ModelToLoad, WorkerAnswer, WorkerRequest } from './messages.ts';

const FOLDER = new URL('/models/segscope-mnv2-257/', location.href);

function model(file: string): ModelToLoad {
  const path = `tflite/segscope-mnv2-257-${file}.tflite`;
  return {
    id: `segscope-mnv2-257-${file}`,
    name: `Segscope MobileNetV2, ${file}`,
    runtime: 'litert',
    graph: { path, url: new URL(path, FOLDER).href, bytes: null, sha256: null },
    shards: [],
    padding: { kind: 'outside' },
    precision: file,
    classList: 'voc',
    classNames: VOC_CLASSES.names,
  };
}

async function ask(worker: Worker, request: WorkerRequest, transfer: Transferable[] = []) {
  return new Promise<WorkerAnswer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      if (data.kind !== 'progressed') resolve(data);
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
    worker.postMessage(request, transfer);
  });
}

test.each(['float16', 'int8'])('the embedded %s file finds the cat', async (file) => {
  const worker = new Worker(new URL('./segmentation.worker.ts', import.meta.url), { type: 'module' });
  const loaded = await ask(worker, {
    kind: 'load',
    model: model(file),
    backend: 'wasm',
    inputSize: 257,
    pipeline: 'ours',
    preprocessing: 'fit',
    contended: false,
  });
  console.log(JSON.stringify(loaded));
  expect(loaded.kind).toBe('loaded');
  const pixels = await createImageBitmap(await (await fetch('/samples/chelsea.jpg')).blob());
  const answer = await ask(worker, { kind: 'segment', frameId: 1, pixels }, [pixels]);
  if (answer.kind !== 'segmented') throw new Error(JSON.stringify(answer));
  const share = answer.labels.filter((label) => label === 8).length / answer.labels.length;
  console.log(share, JSON.stringify(answer.stages), JSON.stringify(answer.memory));
  expect(share).toBeGreaterThan(0.3);
  worker.terminate();
});
