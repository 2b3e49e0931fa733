/** The device that runs a network, and what the pipelines need from a started TensorFlow.js backend. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { SegmenterDescription } from '../domain/measuring/configuration.ts';
import type { Problem } from '../domain/problems/problem.ts';

/** The part of a model's description that the backend knows. */
export type BackendFacts = Pick<
  SegmenterDescription,
  'backend' | 'device' | 'softwareRendered' | 'simd' | 'threads' | 'float16Textures'
>;

/** The device under every runtime: it can die, and it must be closed. */
export interface RunningDevice {
  readonly facts: BackendFacts;
  /** The problem that ended this device (context lost), or null while it lives; known at once, before any event. */
  death(): Problem | null;
  /** Called at most once, also while nothing runs. */
  onDeath(listener: (problem: Problem) => void): void;
  /** Frees the device; the backend cannot be started again in this thread. May be called twice. */
  close(): void;
}

export interface RunningBackend extends RunningDevice {
  /** Uploads a tensor's values to the device, so that the next stage does not include the upload. */
  upload(tensor: Tensor): void | Promise<void>;
  /**
   * The values, once the device has finished. Synchronous wherever the backend can block: tf.data() polls with
   * about 4 ms granularity.
   */
  read(tensor: Tensor): Float32Array | Promise<Float32Array>;
}
