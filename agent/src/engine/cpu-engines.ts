/**
 * Chooses the engine for a network on the CPU: native TensorFlow Lite, or LiteRT.js if it is faster on this machine.
 */
import { AgentFailure } from '../agent-failure.ts';
import type { CpuChoice } from './messages.ts';
import { openNativeNetwork, runsOnXnnpack, type NativeNetworkRequest } from './native-network.ts';
import type { RunnableNetwork } from './runnable-network.ts';
import type { NativeTensor, TfliteLibrary } from './tflite-library.ts';
import type { WasmEngine } from './wasm-network.ts';

export const CPU_ENGINES = ['auto', 'tflite', 'litert'] as const;
export type CpuEngine = (typeof CPU_ENGINES)[number];

/** Timed runs of each engine, after one untimed run. */
const TRIALS = 2;
/** LiteRT.js can return garbage without an error; correct engines differ only in the rounding of a few values. */
const LEAST_ALIKE01 = 0.9;
const TOLERATED_STEPS = 16;

export function cpuEngineOf(word: string | undefined): CpuEngine {
  return CPU_ENGINES.find((engine) => engine === word) ?? 'auto';
}

export class CpuEngines {
  private readonly wanted: CpuEngine;
  private readonly wasm: WasmEngine | null;
  /** By file, tail and threads. */
  private readonly decided = new Map<string, CpuChoice>();

  constructor(wanted: CpuEngine, wasm: WasmEngine | null) {
    this.wanted = wanted;
    this.wasm = wasm;
  }

  /**
   * 'auto' measures both on the same picture, unless XNNPACK runs the network natively, which wasm never came close to.
   * The choice holds for the life of the process.
   * @param faster the choice of an earlier process: trying both takes seconds (4 for Coral's dm05, x64)
   * @throws AgentFailure model-unusable
   */
  async decide(tflite: TfliteLibrary, request: NativeNetworkRequest, faster?: CpuChoice): Promise<CpuChoice> {
    if (this.wanted !== 'auto') return this.wanted;
    const key = `${request.name} ${request.bytes.length} ${request.threads}`;
    const known = this.decided.get(key) ?? (faster === 'litert' && this.wasm === null ? undefined : faster);
    if (known !== undefined) return known;
    const decided = runsOnXnnpack(request.bytes) ? 'tflite' : await this.faster(tflite, request);
    this.decided.set(key, decided);
    return decided;
  }

  /** @throws AgentFailure model-unusable */
  async open(
    engine: CpuChoice,
    tflite: TfliteLibrary,
    request: NativeNetworkRequest,
  ): Promise<RunnableNetwork> {
    return engine === 'litert' ? this.openWasm(request) : openNativeNetwork(tflite, request);
  }

  private async faster(tflite: TfliteLibrary, request: NativeNetworkRequest): Promise<CpuChoice> {
    if (this.wasm === null) return 'tflite';
    const native = await openNativeNetwork(tflite, request);
    try {
      const wasm = await this.openWasm(request);
      try {
        return await fasterOf(native, wasm);
      } finally {
        wasm.close();
      }
    } catch {
      // LiteRT.js rejects it or cannot run it.
      return 'tflite';
    } finally {
      native.close();
    }
  }

  private async openWasm({ bytes, name }: NativeNetworkRequest): Promise<RunnableNetwork> {
    if (this.wasm === null) {
      throw new AgentFailure('engine-missing', 'LiteRT.js was requested but is not installed.');
    }
    return this.wasm.open(bytes).catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AgentFailure('model-unusable', `${name}: LiteRT.js rejects it (${why}).`, { cause });
    });
  }
}

/** @param now ms; a test's own clock, or this process's */
export async function fasterOf(
  native: RunnableNetwork,
  wasm: RunnableNetwork,
  now: () => number = () => performance.now(),
): Promise<CpuChoice> {
  await timed(native, now);
  await timed(wasm, now);
  if (!alike(native.output, wasm.output)) return 'tflite';
  const times = { native: Infinity, wasm: Infinity };
  for (let i = 0; i < TRIALS; i++) {
    times.native = Math.min(times.native, await timed(native, now));
    times.wasm = Math.min(times.wasm, await timed(wasm, now));
  }
  return times.wasm < times.native ? 'litert' : 'tflite';
}

/** @returns ms of one run on a picture of soft blots, the same for every engine */
async function timed(network: RunnableNetwork, now: () => number): Promise<number> {
  const { bytes } = network.input;
  for (let i = 0; i < bytes.length; i++) bytes[i] = 128 + 100 * Math.sin(i / 97) * Math.cos(i / 5003);
  const begun = now();
  await network.invoke();
  return now() - begun;
}

/**
 * Scores may differ by some steps of their quantisation, labels not at all; for 64-bit labels only the low byte counts.
 */
export function alike(one: NativeTensor, other: NativeTensor): boolean {
  const elements = one.shape.reduce((product, side) => product * side, 1);
  if (elements !== other.shape.reduce((product, side) => product * side, 1)) return false;
  const [stride, otherStride] = [one.bytes.length / elements, other.bytes.length / elements];
  const tolerance = one.type === 'uint8' || one.type === 'int8' ? TOLERATED_STEPS : 0;
  let equal = 0;
  for (let i = 0; i < elements; i++) {
    const difference = (one.bytes[i * stride] as number) - (other.bytes[i * otherStride] as number);
    if (Math.abs(difference) <= tolerance) equal++;
  }
  return equal >= LEAST_ALIKE01 * elements;
}
