/** One .tflite network ready to run: native interpreter, input, finish, and their end in the right order. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { cutTail } from '../../../src/model-import/tflite/cut-tail.ts';
import { AgentFailure } from '../agent-failure.ts';
import { operatorSplit, readModelFile } from '../models/model-file.ts';
import type { EdgeTpuDevice, EdgeTpuLibrary } from './edgetpu-library.ts';
import { chooseFinish, type Finish } from './finish.ts';
import type { EngineLoad, EngineLoaded } from './messages.ts';
import { ModelInput, type PictureSize } from './model-input.ts';
import type { NativeTensor, Pointer, TfliteLibrary } from './tflite-library.ts';

export interface NetworkLabels {
  readonly labels: Uint8Array<ArrayBuffer>;
  /** ms */
  readonly invokeMs: number;
  readonly postprocessMs: number;
}

export interface EdgeTpu {
  readonly library: EdgeTpuLibrary;
  readonly device: EdgeTpuDevice;
}

/** @param edgeTpu null runs on the CPU */
export async function loadNetwork(
  tflite: TfliteLibrary,
  edgeTpu: EdgeTpu | null,
  { path, tail, threads }: EngineLoad,
): Promise<LoadedNetwork> {
  const begun = performance.now();
  const published = new Uint8Array(await readFile(path));
  const file = readModelFile(published);
  const bytes = tail === 'cut' ? cutTail(published).bytes : published;
  const read = performance.now();
  const native = new NativeNetwork(tflite, edgeTpu?.library ?? null, bytes);
  try {
    await native.open(edgeTpu, threads, basename(path));
    const input = new ModelInput(file.inputType, file.inputSize);
    const finish = chooseFinish(native.output, file.inputSize);
    const prepared = performance.now();
    input.write(new Uint8Array(3), { width: 1, height: 1 });
    native.input.bytes.set(input.bytes);
    await native.invoke();
    const cold = { read: read - begun, prepare: prepared - read, firstInvoke: performance.now() - prepared };
    const { onTpu, onCpu } = operatorSplit(bytes);
    return new LoadedNetwork(native, input, finish, {
      ...usedDevice(edgeTpu),
      engine: { name: tflite.origin, version: tflite.version },
      inputSize: file.inputSize,
      inputType: file.inputType,
      finish: finish.kind,
      operatorsOnTpu: onTpu,
      operatorsOnCpu: onCpu,
      cold,
    });
  } catch (error) {
    native.close();
    throw error;
  }
}

export class LoadedNetwork {
  readonly facts: EngineLoaded;
  private readonly native: NativeNetwork;
  private readonly input: ModelInput;
  private readonly finish: Finish;

  constructor(native: NativeNetwork, input: ModelInput, finish: Finish, facts: EngineLoaded) {
    this.native = native;
    this.input = input;
    this.finish = finish;
    this.facts = facts;
  }

  get inputSide(): number {
    return this.input.side;
  }

  /** Null until a first frame came. */
  get lastPicture(): PictureSize | null {
    return this.input.lastPicture;
  }

  /** @returns ms that quantising took */
  write(rgb: Uint8Array, picture: PictureSize): number {
    const begun = performance.now();
    this.input.write(rgb, picture);
    return performance.now() - begun;
  }

  /** Runs on what was written last. The labels are valid until the next run. */
  async run(picture: PictureSize): Promise<NetworkLabels> {
    // TFLite may use the input's memory for what it computes: it has to be filled for every run.
    const begun = performance.now();
    this.native.input.bytes.set(this.input.bytes);
    await this.native.invoke();
    const invoked = performance.now();
    const labels = this.finish.labels(this.native.output, picture);
    return { labels, invokeMs: invoked - begun, postprocessMs: performance.now() - invoked };
  }

  /** May be called twice. */
  close(): void {
    this.native.close();
  }
}

function usedDevice(edgeTpu: EdgeTpu | null): Pick<EngineLoaded, 'deviceUsed' | 'deviceName'> {
  if (edgeTpu === null) return { deviceUsed: 'cpu', deviceName: `CPU (${process.arch})` };
  const { library, device } = edgeTpu;
  return library.testDouble
    ? { deviceUsed: 'test-double', deviceName: `TEST DOUBLE, no Edge TPU (${library.version})` }
    : { deviceUsed: 'edgetpu', deviceName: `Edge TPU on ${device.bus} (${device.path}), ${library.version}` };
}

/** The native half: model, delegate and interpreter. */
class NativeNetwork {
  private readonly tflite: TfliteLibrary;
  private readonly edgeTpuLibrary: EdgeTpuLibrary | null;
  /** TFLite reads weights out of these bytes as long as the model lives. */
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private model: Pointer | null = null;
  private delegate: Pointer | null = null;
  private interpreter: Pointer | null = null;
  private tensors: { readonly input: NativeTensor; readonly output: NativeTensor } | null = null;

  constructor(tflite: TfliteLibrary, edgeTpuLibrary: EdgeTpuLibrary | null, bytes: Uint8Array<ArrayBuffer>) {
    this.tflite = tflite;
    this.edgeTpuLibrary = edgeTpuLibrary;
    this.bytes = bytes;
  }

  get input(): NativeTensor {
    return this.opened().input;
  }

  get output(): NativeTensor {
    return this.opened().output;
  }

  async open(edgeTpu: EdgeTpu | null, threads: number, name: string): Promise<void> {
    const unusable = (why: string) => new AgentFailure('model-unusable', `${name}: ${why}`);
    this.model = this.tflite.createModel(this.bytes);
    if (this.model === null) throw unusable('TensorFlow Lite cannot read it.');
    if (edgeTpu !== null) {
      this.delegate = await edgeTpu.library.createDelegate(edgeTpu.device);
      if (this.delegate === null) {
        throw new AgentFailure('edgetpu-refused', 'The Edge TPU is listed but cannot be opened.');
      }
    }
    this.interpreter = await this.tflite.createInterpreter(this.model, threads, this.delegate);
    if (this.interpreter === null)
      throw unusable('it has operators that this TensorFlow Lite does not know.');
    const status = await this.tflite.allocateTensors(this.interpreter);
    if (status !== 0) {
      throw unusable(
        `its tensors cannot be prepared (status ${String(status)}); a file for the Edge TPU needs one.`,
      );
    }
    const input = this.tflite.input(this.interpreter);
    const output = this.tflite.output(this.interpreter);
    if (input === null || output === null) throw unusable('it has not exactly one input and one output.');
    this.tensors = { input, output };
  }

  async invoke(): Promise<void> {
    if (this.interpreter === null) throw new AgentFailure('model-not-loaded', 'The network is closed.');
    const status = await this.tflite.invoke(this.interpreter);
    if (status !== 0) {
      throw new AgentFailure(
        'model-unusable',
        `TensorFlow Lite could not run the network (status ${String(status)}).`,
      );
    }
  }

  /** The interpreter goes before the delegate that it uses, the model last. */
  close(): void {
    this.tensors = null;
    if (this.interpreter !== null) this.tflite.deleteInterpreter(this.interpreter);
    this.interpreter = null;
    if (this.delegate !== null) this.edgeTpuLibrary?.freeDelegate(this.delegate);
    this.delegate = null;
    if (this.model !== null) this.tflite.deleteModel(this.model);
    this.model = null;
  }

  private opened() {
    if (this.tensors === null) throw new AgentFailure('model-not-loaded', 'The network is closed.');
    return this.tensors;
  }
}
