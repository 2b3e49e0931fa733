/** The port behind which a network is executed. */
import type { FileChecksum } from '../domain/measuring/configuration.ts';
import type { LoadedPipeline } from './loaded-pipeline.ts';
import type { WorkerMemory, WorkerRequest } from './messages.ts';
import type { ModelToLoad } from '../catalogue/model-to-load.ts';
import type { RunningDevice } from './running-backend.ts';

export type LoadRequest = Extract<WorkerRequest, { kind: 'load' }>;

/** A started runtime: device and binary are ready, no model is loaded. */
export interface Runtime {
  /** For instance "TensorFlow.js 4.22.0". */
  readonly name: string;
  readonly device: RunningDevice;
  /**
   * Fetches all files of the model and checks them.
   * @param onProgress bytes so far, and the total if every size is known beforehand.
   * @throws ProblemError model-file-missing, -truncated, -corrupt, model-invalid
   */
  download(
    model: ModelToLoad,
    onProgress: (loadedBytes: number, totalBytes: number | null) => void,
  ): Promise<RuntimeModel>;
  /** Live memory on the device. */
  memory(): WorkerMemory;
}

/** A model whose files are downloaded and verified. */
export interface RuntimeModel {
  readonly files: readonly FileChecksum[];
  /** @throws ProblemError model-invalid */
  open(request: LoadRequest): Promise<OpenedModel>;
}

export interface OpenedModel {
  readonly pipeline: LoadedPipeline;
  /**
   * Checks the network on a known picture; null if the runtime reports every failure by itself.
   * @throws ProblemError model-invalid when the answer is wrong
   */
  readonly prove: (() => Promise<void>) | null;
}
