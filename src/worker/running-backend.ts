/** What runs a network, and what the pipelines need from a started TensorFlow.js backend, whichever it is. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Backend } from '../domain/backend.ts';
import type { Problem } from '../domain/problems/problem.ts';

export interface BackendFacts {
  readonly backend: Backend;
  /** WebGL renderer, WebGPU adapter, or "2 logical cores". */
  readonly device: string;
  readonly softwareRendered: boolean;
  /** null where the backend has no such thing. */
  readonly simd: boolean | null;
  readonly threads: number | null;
  readonly float16Textures: boolean | null;
}

/** What every runtime stands on: it can die, and it must be closed. */
export interface RunningDevice {
  readonly facts: BackendFacts;
  /** The problem that ended this device (context lost), or null while it lives; answers at once, before any event. */
  death(): Problem | null;
  /** Called at most once, also while nothing runs. */
  onDeath(listener: (problem: Problem) => void): void;
  /** Frees the device; the backend cannot be started again in this thread. May be called twice. */
  close(): void;
}

export interface RunningBackend extends RunningDevice {
  /** Brings a tensor's values onto the device, so that no upload is left for the stage that follows. */
  upload(tensor: Tensor): void | Promise<void>;
  /**
   * The values, once the device has really finished. Synchronous wherever the backend can block: tf.data() polls with
   * about 4 ms granularity.
   */
  read(tensor: Tensor): Float32Array | Promise<Float32Array>;
}
