/** LiteRT.js as a second engine for the CPU, in a thread that starts with the first network. */
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { LibraryVersion } from './messages.ts';
import type { RunnableNetwork } from './runnable-network.ts';
import type { NativeTensor } from './tflite-library.ts';
import type { ThreadAnswer, ThreadAnswerOf, ThreadRequest, ThreadTensor } from './wasm-messages.ts';
import { GRAPH, readTflite } from '../../../src/model-import/tflite/read-tflite.ts';

interface Waiting {
  readonly resolve: (answer: ThreadAnswer) => void;
  readonly reject: (error: Error) => void;
}

export class WasmEngine {
  readonly version: LibraryVersion;
  private worker: Worker | null = null;
  private waiting: Waiting[] = [];

  private constructor(version: string) {
    this.version = { name: 'LiteRT.js (wasm, one thread)', version };
  }

  /** Null if the package is not installed. Starts nothing. */
  static find(): WasmEngine | null {
    try {
      const { version } = createRequire(import.meta.url)('@litertjs/core/package.json') as {
        version: string;
      };
      return new WasmEngine(version);
    } catch {
      return null;
    }
  }

  /** @throws Error with LiteRT.js's message if it rejects the file */
  async open(bytes: Uint8Array<ArrayBuffer>): Promise<RunnableNetwork> {
    const opened = await this.ask('opened', { kind: 'open', bytes: narrowLabels(bytes) });
    return new WasmNetwork(this, opened);
  }

  /** Answers arrive in the order of the requests. */
  async ask<Kind extends ThreadAnswer['kind']>(
    kind: Kind,
    request: ThreadRequest,
  ): Promise<ThreadAnswerOf<Kind>> {
    const worker = (this.worker ??= this.start());
    const answer = await new Promise<ThreadAnswer>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      worker.postMessage(request);
    });
    if (answer.kind === kind) return answer as ThreadAnswerOf<Kind>;
    throw new Error(answer.kind === 'failed' ? answer.sentence : `LiteRT.js answered ${answer.kind}.`);
  }

  private start(): Worker {
    // Beside the engine: .js when bundled, .ts in tests.
    const suffix = extname(fileURLToPath(import.meta.url));
    const worker = new Worker(new URL(`./wasm-thread${suffix}`, import.meta.url));
    worker.on('message', (answer: ThreadAnswer) => this.waiting.shift()?.resolve(answer));
    worker.on('error', (error) => {
      if (this.worker === worker) this.worker = null;
      for (const { reject } of this.waiting.splice(0)) reject(error);
    });
    return worker;
  }
}

class WasmNetwork implements RunnableNetwork {
  readonly engine: LibraryVersion;
  readonly input: NativeTensor;
  output: NativeTensor;
  private readonly owner: WasmEngine;
  private readonly network: number;
  private closed = false;

  constructor(owner: WasmEngine, { network, input, output }: ThreadAnswerOf<'opened'>) {
    this.owner = owner;
    this.engine = owner.version;
    this.network = network;
    this.input = tensor(input);
    this.output = tensor(output);
  }

  async invoke(): Promise<void> {
    const { type, bytes } = this.input;
    const input = type === 'float32' ? floats(bytes) : bytes;
    const { output } = await this.owner.ask('invoked', { kind: 'invoke', network: this.network, input });
    this.output = { ...this.output, bytes: output as Uint8Array<ArrayBuffer> };
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    // A dead thread has nothing to close.
    this.owner.ask('closed', { kind: 'close', network: this.network }).catch(() => undefined);
  }
}

function tensor({ type, shape }: ThreadTensor): NativeTensor {
  const elements = shape.reduce((product, side) => product * side, 1);
  return { type, shape, bytes: new Uint8Array(elements * (type === 'uint8' ? 1 : 4)) };
}

function floats(bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const values = new Float32Array(bytes.length / 4);
  new Uint8Array(values.buffer).set(bytes);
  return values;
}

/** Field numbers and type codes of the TFLite schema, version 3. */
const TENSOR_TYPE_FIELD = 1;
const ARG_MAX_OUTPUT_TYPE_FIELD = 0;
const INT32 = 2;

/**
 * LiteRT.js cannot read int64; the label of a pixel needs neither 64 bits nor 32. All results stay the same.
 * @returns the same bytes if the only output is not int64 or comes from another operator
 * @throws ProblemError model-invalid if the file is inconsistent
 */
export function narrowLabels(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { view, graph, operators, outputs, tensors } = readTflite(bytes);
  const [output = -1] = outputs;
  const last = operators.at(-1);
  const isArgMax = last?.name === 'ARG_MAX' && last.outputs[0] === output;
  if (!isArgMax || tensors[output]?.type !== 'int64' || last.options === null) return bytes;
  const table = view.tables(graph, GRAPH.tensors, 'tensors')[output];
  if (table === undefined) return bytes;
  const places = [
    view.placeOf32(table, TENSOR_TYPE_FIELD, 'type'),
    view.placeOf32(last.options, ARG_MAX_OUTPUT_TYPE_FIELD, 'output_type'),
  ];
  if (places.includes(null)) return bytes;
  const copy = bytes.slice();
  // Both are fields of one byte.
  for (const place of places) copy[place as number] = INT32;
  return copy;
}
