/** What a loaded model can do, whether it runs through our pipeline or the stock one. */
import type { LabelMap } from '../domain/labels/label-map.ts';

export interface PipelineResult {
  readonly labelMap: LabelMap;
  /** ms */
  readonly preprocess: number;
  readonly inference: number;
  readonly postprocess: number;
}

export interface LoadedPipeline {
  /** Side of the square that the network sees, px. */
  readonly inputSize: number;
  /** null where the pipeline hides it. */
  readonly outputStride: number | null;
  /** Reads the pixels; the caller closes them. */
  segment(pixels: ImageBitmap): Promise<PipelineResult>;
  /** ms of each bare execute() + read-back on the last picture; empty where it cannot be measured. */
  measureBare(repeats: number): Promise<readonly number[]>;
  /** Disposes every tensor. May be called twice. */
  dispose(): void;
}
