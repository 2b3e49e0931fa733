/** The channel between server and engine process: one job at a time, answers by job id. */
import type { EdgeTpuReport, Failure } from '../../../src/protocol/answers.ts';
import type { AgentDeviceUsed } from '../../../src/domain/agent-description.ts';
import type { InferFrame } from '../../../src/protocol/infer-frame.ts';
import type { AgentDevice, ModelTail } from '../../../src/domain/agent-description.ts';

export interface LibraryVersion {
  readonly name: string;
  readonly version: string;
}

export interface EngineProbe {
  readonly engine: LibraryVersion | null;
  readonly engineSentence: string;
  readonly edgeTpuLibrary: LibraryVersion | null;
  readonly edgeTpuDevices: EdgeTpuReport['devices'];
  readonly testDouble: boolean;
}

export interface EngineLoad {
  /** Of the .tflite file, chosen by the server from its own list. */
  readonly path: string;
  readonly tail: ModelTail;
  readonly device: AgentDevice;
  readonly threads: number;
  /** The engine that an earlier process found faster for this file; without it both are tried. */
  readonly faster?: CpuChoice;
}

/** Native TensorFlow Lite, or LiteRT.js in wasm. */
export type CpuChoice = 'tflite' | 'litert';

export interface EngineLoaded {
  readonly deviceUsed: AgentDeviceUsed;
  readonly deviceName: string;
  readonly engine: LibraryVersion;
  readonly inputSize: number;
  readonly inputType: 'uint8' | 'int8' | 'float32';
  readonly finish: 'rounded' | 'exact' | 'file';
  readonly operatorsOnTpu: number;
  readonly operatorsOnCpu: number;
  /** ms */
  readonly cold: { readonly read: number; readonly prepare: number; readonly firstInvoke: number };
}

export interface EngineBench {
  readonly warmup: number;
  readonly iterations: number;
}

export interface EngineBenched {
  readonly invoke: readonly number[];
  readonly postprocess: readonly number[];
  readonly longestGapMs: number;
}

/** `session` separates the models of several pages. */
export type EngineJob =
  | { readonly kind: 'probe' }
  | ({ readonly kind: 'load'; readonly session: number } & EngineLoad)
  | { readonly kind: 'infer'; readonly session: number; readonly frame: InferFrame }
  | ({ readonly kind: 'bench'; readonly session: number } & EngineBench)
  | { readonly kind: 'unload'; readonly session: number };

export type EngineResult =
  | ({ readonly kind: 'probed' } & EngineProbe)
  /** `choice`: null on an Edge TPU */
  | { readonly kind: 'loaded'; readonly facts: EngineLoaded; readonly choice: CpuChoice | null }
  /** A complete binary answer of the protocol, in which the server fills in wait, total and the dropped count. */
  | { readonly kind: 'inferred'; readonly answer: Uint8Array<ArrayBuffer> }
  | ({ readonly kind: 'benched' } & EngineBenched)
  | { readonly kind: 'unloaded' };

export type ResultOf<Job extends EngineJob> = Extract<
  EngineResult,
  {
    kind: {
      probe: 'probed';
      load: 'loaded';
      infer: 'inferred';
      bench: 'benched';
      unload: 'unloaded';
    }[Job['kind']];
  }
>;

/** First message of the engine process: from now on it receives jobs. */
export const LISTENING = 'listening';

export interface JobMessage {
  readonly id: number;
  readonly job: EngineJob;
}

export type AnswerMessage =
  { readonly id: number; readonly result: EngineResult } | { readonly id: number; readonly failure: Failure };
