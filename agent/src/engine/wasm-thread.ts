/** Entry of the thread in which LiteRT.js runs, so that the engine's event loop goes on while it computes. */
import {
  Environment,
  loadLiteRt,
  supportsFeature,
  Tensor,
  type CompiledModel,
  type LiteRt,
} from '@litertjs/core';
import { parentPort } from 'node:worker_threads';
import type { ThreadAnswer, ThreadRequest, ThreadTensor } from './wasm-messages.ts';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import { setFlagsFromString } from 'node:v8';

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
    throw new Error('It does not have exactly one input and one output.');
  return { type: first.dtype, shape: [...first.shape] };
}

type ModuleFactory = (options: object) => Promise<unknown>;

const require = createRequire(import.meta.url);

/** Once per thread: the library keeps one instance. */
async function loadWasmLibrary(): Promise<LiteRt> {
  // Node 20 has relaxed SIMD behind a flag; later versions enable it. It is 10 to 30 % faster here (x64).
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  const relaxedSimd = await supportsFeature('relaxedSimd');
  const build = relaxedSimd ? 'litert_wasm_internal' : 'litert_wasm_compat_internal';
  const path = require.resolve(`@litertjs/core/wasm/${build}.js`);
  const wrapped = compileFunction(
    `${readFileSync(path, 'utf8')}\nreturn ModuleFactory;`,
    ['require', '__filename', '__dirname'],
    { filename: path },
  ) as (...parts: readonly unknown[]) => ModuleFactory;
  Object.assign(globalThis, {
    self: globalThis,
    ModuleFactory: wrapped(createRequire(path), path, dirname(path)),
    Module: { locateFile: () => path.replace(/\.js$/, '.wasm'), print: reportFault, printErr: reportFault },
    // The script has already run above.
    importScripts: () => undefined,
  });
  // By default it would look for a GPU and log an error without one.
  Object.assign(Environment, {
    create: () => Promise.resolve(new Environment({ webGpuDevice: null })),
  });
  return loadLiteRt('/', { threads: false });
}

/** The library logs every step of its start as an error. */
function reportFault(line: string): void {
  if (!/^(INFO|WARNING|VERBOSE):/.test(line)) console.error(`LiteRT.js: ${line}`);
}
