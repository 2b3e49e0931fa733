/** The port behind which a network is executed. */
import type { FileChecksum } from '../domain/measuring/configuration.ts';
import type { LoadedPipeline } from './loaded-pipeline.ts';
import type { WorkerMemory, WorkerRequest } from './messages.ts';
import type { ModelToLoad } from '../catalogue/model-to-load.ts';
import type { RunningDevice } from './running-backend.ts';

export type LoadRequest = Extract<WorkerRequest, { kind: 'load' }>;

/** A started runtime: its device and binary are there, no model yet. */
export interface Runtime {
  /** For instance "TensorFlow.js 4.22.0". */
  readonly name: string;
  readonly device: RunningDevice;
  /**
   * Fetches all files of the model and checks them.
   * @param onProgress bytes so far, and the sum of all files where every size is known beforehand.
   * @throws ProblemError model-file-missing, -truncated, -corrupt, model-invalid
   */
  download(
    model: ModelToLoad,
    onProgress: (loadedBytes: number, totalBytes: number | null) => void,
  ): Promise<RuntimeModel>;
  /** What is alive on the device. */
  memory(): WorkerMemory;
}

/** A model whose files have arrived and are what they should be. */
export interface RuntimeModel {
  readonly files: readonly FileChecksum[];
  /** @throws ProblemError model-invalid */
  open(request: LoadRequest): Promise<OpenedModel>;
}

export interface OpenedModel {
  readonly pipeline: LoadedPipeline;
  /**
   * Runs the network on what the answer is known of; null where the runtime reports every failure by itself.
   * @throws ProblemError model-invalid when the answer is wrong
   */
  readonly prove: (() => Promise<void>) | null;
}
