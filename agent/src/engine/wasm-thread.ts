/** Entry of the thread in which LiteRT.js runs, so that the engine's event loop goes on while it computes. */
import { Tensor, type CompiledModel, type LiteRt } from '@litertjs/core';
import { parentPort } from 'node:worker_threads';
import type { ThreadAnswer, ThreadRequest, ThreadTensor } from './wasm-messages.ts';
import { loadWasmLibrary } from './wasm-library.ts';

const networks = new Map<number, CompiledModel>();
let library: Promise<LiteRt> | null = null;
let nextNetwork = 1;

parentPort?.on('message', (request: ThreadRequest) => {
  run(request).then(
    (answer) => parentPort?.postMessage(answer),
    (error: unknown) =>
      parentPort?.postMessage({
        kind: 'failed',
        sentence: error instanceof Error ? error.message : String(error),
      } satisfies ThreadAnswer),
  );
});

async function run(request: ThreadRequest): Promise<ThreadAnswer> {
  switch (request.kind) {
    case 'open': {
      const liteRt = await (library ??= loadWasmLibrary());
      const model = await liteRt.loadAndCompile(request.bytes, {
        accelerator: 'wasm',
        cpuOptions: { numThreads: 1 },
      });
      const network = nextNetwork++;
      networks.set(network, model);
      return {
        kind: 'opened',
        network,
        input: onlyOne(model.getInputDetails()),
        output: onlyOne(model.getOutputDetails()),
      };
    }
    case 'invoke':
      return { kind: 'invoked', output: await invoke(request.network, request.input) };
    case 'close':
      networks.get(request.network)?.delete();
      networks.delete(request.network);
      return { kind: 'closed' };
  }
}

async function invoke(
  network: number,
  values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const model = networks.get(network);
  if (model === undefined) throw new Error('The network is closed.');
  const input = new Tensor(values, [...onlyOne(model.getInputDetails()).shape]);
  try {
    const outputs = await model.run(input);
    try {
      const data = outputs[0]?.toTypedArray();
      if (data === undefined) throw new Error('It gave no output.');
      return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    } finally {
      for (const output of outputs) output.delete();
    }
  } finally {
    input.delete();
  }
}

function onlyOne(
  details: readonly { readonly dtype: string; readonly shape: Iterable<number> }[],
): ThreadTensor {
  const [first] = details;
  if (first === undefined || details.length > 1)
    throw new Error('It has not exactly one input and one output.');
  return { type: first.dtype, shape: [...first.shape] };
}
