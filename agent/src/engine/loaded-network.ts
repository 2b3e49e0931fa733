/** One .tflite network ready to run: an engine's network with its input and finish. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { cutTail } from '../../../src/model-import/tflite/cut-tail.ts';
import { operatorSplit, readModelFile } from '../models/model-file.ts';
import type { CpuEngines } from './cpu-engines.ts';
import { chooseFinish, type Finish } from './finish.ts';
import type { CpuChoice, EngineLoad, EngineLoaded } from './messages.ts';
import type { Size } from '../../../src/domain/frame.ts';
import { ModelInput } from './model-input.ts';
import { openNativeNetwork, type EdgeTpu } from './native-network.ts';
import type { RunnableNetwork } from './runnable-network.ts';
import type { TfliteLibrary } from './tflite-library.ts';

export interface NetworkLabels {
  readonly labels: Uint8Array<ArrayBuffer>;
  /** ms */
  readonly invokeMs: number;
  readonly postprocessMs: number;
}

export interface Engines {
  readonly tflite: TfliteLibrary;
  readonly cpu: CpuEngines;
}

/** @param edgeTpu null runs on the CPU */
export async function loadNetwork(
  { tflite, cpu }: Engines,
  edgeTpu: EdgeTpu | null,
  { path, tail, threads, faster }: EngineLoad,
): Promise<LoadedNetwork> {
  const begun = performance.now();
  const published = new Uint8Array(await readFile(path));
  const file = readModelFile(published);
  const bytes = tail === 'cut' ? cutTail(published).bytes : published;
  const read = performance.now();
  const request = { bytes, name: `${basename(path)} (${tail})`, threads, edgeTpu };
  const engine = edgeTpu === null ? await cpu.decide(tflite, request, faster) : null;
  // Trying both engines does not count as loading time.
  const decided = performance.now();
  const network = await (engine === null
    ? openNativeNetwork(tflite, request)
    : cpu.open(engine, tflite, request));
  try {
    const input = new ModelInput(file.inputType, file.inputSize);
    const finish = chooseFinish(network.output, file.inputSize);
    const prepared = performance.now();
    input.write(new Uint8Array(3), { width: 1, height: 1 });
    network.input.bytes.set(input.bytes);
    await network.invoke();
    const cold = {
      read: read - begun,
      prepare: prepared - decided,
      firstInvoke: performance.now() - prepared,
    };
    const { onTpu, onCpu } = operatorSplit(bytes);
    return new LoadedNetwork(
      { network, input, finish, choice: engine },
      {
        ...usedDevice(edgeTpu),
        engine: network.engine,
        inputSize: file.inputSize,
        inputType: file.inputType,
        finish: finish.kind,
        operatorsOnTpu: onTpu,
        operatorsOnCpu: onCpu,
        cold,
      },
    );
  } catch (error) {
    network.close();
    throw error;
  }
}

interface LoadedNetworkParts {
  readonly network: RunnableNetwork;
  readonly input: ModelInput;
  readonly finish: Finish;
  readonly choice: CpuChoice | null;
}

export class LoadedNetwork {
  readonly facts: EngineLoaded;
  readonly choice: CpuChoice | null;
  private readonly network: RunnableNetwork;
  private readonly input: ModelInput;
  private readonly finish: Finish;

  constructor({ network, input, finish, choice }: LoadedNetworkParts, facts: EngineLoaded) {
    this.network = network;
    this.input = input;
    this.finish = finish;
    this.choice = choice;
    this.facts = facts;
  }

  get inputSide(): number {
    return this.input.side;
  }

  /** Null before the first frame. */
  get lastPicture(): Size | null {
    return this.input.lastPicture;
  }

  /** @returns ms that quantising took */
  write(rgb: Uint8Array, picture: Size): number {
    const begun = performance.now();
    this.input.write(rgb, picture);
    return performance.now() - begun;
  }

  /** Runs on the last written picture. The labels are valid until the next run. */
  async run(picture: Size): Promise<NetworkLabels> {
    // TFLite may reuse the input's memory for intermediate values, so it is filled for every run.
    const begun = performance.now();
    this.network.input.bytes.set(this.input.bytes);
    await this.network.invoke();
    const invoked = performance.now();
    const labels = this.finish.labels(this.network.output, picture);
    return { labels, invokeMs: invoked - begun, postprocessMs: performance.now() - invoked };
  }

  /** May be called twice. */
  close(): void {
    this.network.close();
  }
}

function usedDevice(edgeTpu: EdgeTpu | null): Pick<EngineLoaded, 'deviceUsed' | 'deviceName'> {
  if (edgeTpu === null) return { deviceUsed: 'cpu', deviceName: `CPU (${process.arch})` };
  const { library, device } = edgeTpu;
  return library.testDouble
    ? { deviceUsed: 'test-double', deviceName: `TEST DOUBLE, no Edge TPU (${library.version})` }
    : { deviceUsed: 'edgetpu', deviceName: `Edge TPU on ${device.bus} (${device.path}), ${library.version}` };
}
