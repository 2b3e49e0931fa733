/** The one channel between page and worker: requests are imperative, answers past tense; one request in flight. */
import type { ModelToLoad } from '../catalogue/model-to-load.ts';
import type { ColdTimings, SegmenterDescription } from '../domain/measuring/configuration.ts';
import type { Problem } from '../domain/problems/problem.ts';
import type { BrowserSetup } from '../domain/setup.ts';

export type WorkerRequest =
  | {
      readonly kind: 'load';
      readonly setup: BrowserSetup;
      /** The setup's, as the catalogue resolves it. */
      readonly model: ModelToLoad;
      /** True if another worker is running at the same time (recorded in ColdTimings). */
      readonly contended: boolean;
    }
  | { readonly kind: 'segment'; readonly frameId: number; readonly pixels: ImageBitmap }
  /**
   * Runs the network `repeats` times on the input of the last segmented frame with nothing but execute() and
   * read-back, for the bench's frame-time ratio.
   */
  | { readonly kind: 'measure-bare'; readonly repeats: number }
  /** Disposes everything and answers with the memory that is left. */
  | { readonly kind: 'close' };

export type LoadPhase = 'start' | 'download' | 'parse' | 'first-inference';

export interface WorkerMemory {
  readonly tensors: number;
  /** Bytes of all tensors as TensorFlow.js counts them. */
  readonly bytes: number;
}

/** Stages measured inside the worker, ms. Only durations cross the thread. */
export interface WorkerStages {
  readonly preprocess: number;
  readonly inference: number;
  readonly postprocess: number;
  /** From the message's arrival to the answer's posting; >= the sum of the above. */
  readonly total: number;
}

export type WorkerAnswer =
  /** totalBytes is null while unknown. */
  | {
      readonly kind: 'progressed';
      readonly phase: LoadPhase;
      readonly loadedBytes: number;
      readonly totalBytes: number | null;
    }
  | {
      readonly kind: 'loaded';
      readonly description: SegmenterDescription;
      readonly cold: ColdTimings;
      readonly memory: WorkerMemory;
    }
  | {
      readonly kind: 'segmented';
      readonly frameId: number;
      readonly width: number;
      readonly height: number;
      readonly labels: Uint8Array<ArrayBuffer>;
      /** The frame's own pixels, returned so that exactly the segmented picture is painted. */
      readonly pixels: ImageBitmap;
      readonly stages: WorkerStages;
      readonly memory: WorkerMemory;
    }
  | { readonly kind: 'bare-measured'; readonly milliseconds: readonly number[] }
  | { readonly kind: 'closed'; readonly memory: WorkerMemory }
  /** `fatal`: the worker cannot be used any more (context lost, out of memory); otherwise only this request failed. */
  | { readonly kind: 'failed'; readonly problem: Problem; readonly fatal: boolean };
