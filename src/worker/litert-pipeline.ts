/**
 * A cut .tflite network with the fused finish: `rounded` where its logits are quantised, `exact` where they are float.
 */
import type { Upsampling } from '../domain/labels/axis-weights.ts';
import { labelsOfSource } from '../domain/labels/picture-region.ts';
import type { Preprocessing } from '../domain/measuring/configuration.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { UpsampleArgmax } from '../domain/labels/upsample-argmax.ts';
import type { LogitsFacts } from '../model-import/tflite/cut-tail.ts';
import { inputGeometry } from './input-geometry.ts';
import type { InputGeometry } from './input-geometry.ts';
import type { LitertPictureInput } from './litert-input.ts';
import type { LitertArray, LitertNetwork } from './litert-network.ts';
import type { LoadedPipeline, PipelineResult } from './loaded-pipeline.ts';

export interface LitertPipelineOptions {
  readonly network: Pick<LitertNetwork, 'run' | 'dispose'>;
  readonly input: LitertPictureInput;
  /** The only input side of this file, px. */
  readonly inputSize: number;
  readonly logits: LogitsFacts;
  readonly preprocessing: Preprocessing;
  /** Default: aligned, as in DeepLab. */
  readonly upsampling?: Upsampling;
}

/** A .tflite has one input size, and we pad to it. */
const PADDING = { kind: 'outside' } as const;

export class LitertPipeline implements LoadedPipeline {
  readonly inputSize: number;
  readonly outputStride: number;
  private readonly options: LitertPipelineOptions;
  private finish: { readonly rows: number; readonly cols: number; readonly step: UpsampleArgmax } | null =
    null;
  /** The array that the next picture overwrites. */
  private lastInput: LitertArray | null = null;

  constructor(options: LitertPipelineOptions) {
    this.options = options;
    this.inputSize = options.inputSize;
    this.outputStride = Math.round((options.inputSize - 1) / (options.logits.gridWidth - 1));
  }

  async segment(pixels: ImageBitmap): Promise<PipelineResult> {
    const started = performance.now();
    const geometry = inputGeometry(pixels, this.inputSize, this.options.preprocessing, PADDING);
    const values = this.options.input.read(pixels, geometry);
    this.lastInput = values;
    const prepared = performance.now();
    // Copying the numbers into the WASM heap is part of it: 0.1 ms at 513.
    const logits = await this.options.network.run(values);
    const inferred = performance.now();
    const { width, height } = geometry.picture;
    const labels = this.finishFor(geometry).run(logits, new Uint8Array(width * height));
    const labelMap = labelsOfSource({ width, height, labels }, geometry.region, pixels);
    const finished = performance.now();
    return {
      labelMap,
      preprocess: prepared - started,
      inference: inferred - prepared,
      postprocess: finished - inferred,
    };
  }

  async measureBare(repeats: number): Promise<readonly number[]> {
    if (this.lastInput === null) {
      throw new ProblemError({ kind: 'inference-failed', detail: 'no picture has been segmented yet' });
    }
    const milliseconds: number[] = [];
    for (let i = 0; i < repeats; i++) {
      const started = performance.now();
      await this.options.network.run(this.lastInput);
      milliseconds.push(performance.now() - started);
    }
    return milliseconds;
  }

  dispose(): void {
    this.options.network.dispose();
  }

  private finishFor({ picture, inputSize }: InputGeometry): UpsampleArgmax {
    const { height: rows, width: cols } = picture;
    if (this.finish?.rows === rows && this.finish.cols === cols) return this.finish.step;
    const { gridHeight, gridWidth, classes, type } = this.options.logits;
    const step = new UpsampleArgmax({
      gridHeight,
      gridWidth,
      classes,
      outHeight: inputSize,
      outWidth: inputSize,
      rows,
      cols,
      mode: type === 'float32' ? 'exact' : 'rounded',
      upsampling: this.options.upsampling ?? 'aligned',
    });
    this.finish = { rows, cols, step };
    return step;
  }
}
