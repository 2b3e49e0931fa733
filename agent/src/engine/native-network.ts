/** One .tflite network in native TensorFlow Lite: model, delegate and interpreter, closed in the right order. */
import { readTflite } from '../../../src/model-import/tflite/read-tflite.ts';
import { AgentFailure } from '../agent-failure.ts';
import type { EdgeTpuDevice, EdgeTpuLibrary } from './edgetpu-library.ts';
import type { LibraryVersion } from './messages.ts';
import type { RunnableNetwork } from './runnable-network.ts';
import type { NativeTensor, Pointer, TfliteLibrary } from './tflite-library.ts';

export interface EdgeTpu {
  readonly library: EdgeTpuLibrary;
  readonly device: EdgeTpuDevice;
}

export interface NativeNetworkRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For messages. */
  readonly name: string;
  readonly threads: number;
  /** null runs on the CPU */
  readonly edgeTpu: EdgeTpu | null;
}

interface Delegate {
  readonly pointer: Pointer;
  free(): void;
}

/** @throws AgentFailure model-unusable or edgetpu-refused */
export async function openNativeNetwork(
  tflite: TfliteLibrary,
  request: NativeNetworkRequest,
): Promise<NativeNetwork> {
  const xnnpack =
    request.edgeTpu === null && runsOnXnnpack(request.bytes) ? xnnpackOf(tflite, request) : null;
  if (xnnpack === null) return open(tflite, request, await edgeTpuDelegate(request), '');
  // It refuses the whole network if it does not support one operator; without it TensorFlow Lite runs them all.
  return open(tflite, request, xnnpack, ', XNNPACK').catch(() => open(tflite, request, null, ''));
}

/**
 * The bundled XNNPACK of TensorFlow Lite 2.9 runs float and signed 8-bit convolutions, 5 times faster than the default
 * kernels (x64), but not unsigned ones as in Coral's files.
 */
export function runsOnXnnpack(bytes: Uint8Array<ArrayBuffer>): boolean {
  const { operators, tensors } = readTflite(bytes);
  const convolutions = operators.filter(({ name }) => name === 'CONV_2D');
  return convolutions.every(({ inputs }) => tensors[inputs[1] ?? -1]?.type !== 'uint8');
}

function xnnpackOf(tflite: TfliteLibrary, { threads }: NativeNetworkRequest): Delegate | null {
  const pointer = tflite.createXnnpack(threads);
  return pointer === null
    ? null
    : {
        pointer,
        free: () => tflite.freeXnnpack(pointer),
      };
}

async function edgeTpuDelegate({ edgeTpu }: NativeNetworkRequest): Promise<Delegate | null> {
  if (edgeTpu === null) return null;
  const pointer = await edgeTpu.library.createDelegate(edgeTpu.device);
  if (pointer === null) {
    throw new AgentFailure('edgetpu-refused', 'The Edge TPU is listed but cannot be opened.');
  }
  return {
    pointer,
    free: () => edgeTpu.library.freeDelegate(pointer),
  };
}

async function open(
  tflite: TfliteLibrary,
  { bytes, name, threads }: NativeNetworkRequest,
  delegate: Delegate | null,
  suffix: string,
): Promise<NativeNetwork> {
  const engine = { name: `${tflite.origin}${suffix}`, version: tflite.version };
  const network = new NativeNetwork(tflite, engine, bytes, delegate);
  try {
    await network.open(threads, name);
    return network;
  } catch (error) {
    network.close();
    throw error;
  }
}

export class NativeNetwork implements RunnableNetwork {
  readonly engine: LibraryVersion;
  private readonly tflite: TfliteLibrary;
  /** TFLite reads weights from these bytes as long as the model lives. */
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private delegate: Delegate | null;
  private model: Pointer | null = null;
  private interpreter: Pointer | null = null;
  private tensors: { readonly input: NativeTensor; readonly output: NativeTensor } | null = null;

  constructor(
    tflite: TfliteLibrary,
    engine: LibraryVersion,
    bytes: Uint8Array<ArrayBuffer>,
    delegate: Delegate | null,
  ) {
    this.tflite = tflite;
    this.engine = engine;
    this.bytes = bytes;
    this.delegate = delegate;
  }

  get input(): NativeTensor {
    return this.opened().input;
  }

  get output(): NativeTensor {
    return this.opened().output;
  }

  async open(threads: number, name: string): Promise<void> {
    const unusable = (why: string) => new AgentFailure('model-unusable', `${name}: ${why}`);
    this.model = this.tflite.createModel(this.bytes);
    if (this.model === null) throw unusable('TensorFlow Lite cannot read it.');
    const delegate = this.delegate?.pointer ?? null;
    this.interpreter = await this.tflite.createInterpreter(this.model, threads, delegate);
    if (this.interpreter === null)
      throw unusable('it has operators that this TensorFlow Lite does not know.');
    const status = await this.tflite.allocateTensors(this.interpreter);
    if (status !== 0) {
      throw unusable(`its tensors cannot be prepared (status ${status}); a file for the Edge TPU needs one.`);
    }
    const input = this.tflite.input(this.interpreter);
    const output = this.tflite.output(this.interpreter);
    if (input === null || output === null)
      throw unusable('it does not have exactly one input and one output.');
    this.tensors = { input, output };
  }

  async invoke(): Promise<void> {
    if (this.interpreter === null) throw new AgentFailure('model-not-loaded', 'The network is closed.');
    const status = await this.tflite.invoke(this.interpreter);
    if (status !== 0) {
      throw new AgentFailure(
        'model-unusable',
        `TensorFlow Lite could not run the network (status ${status}).`,
      );
    }
  }

  /** The interpreter is deleted before its delegate, the model last. */
  close(): void {
    this.tensors = null;
    if (this.interpreter !== null) this.tflite.deleteInterpreter(this.interpreter);
    this.interpreter = null;
    this.delegate?.free();
    this.delegate = null;
    if (this.model !== null) this.tflite.deleteModel(this.model);
    this.model = null;
  }

  private opened() {
    if (this.tensors === null) throw new AgentFailure('model-not-loaded', 'The network is closed.');
    return this.tensors;
  }
}
