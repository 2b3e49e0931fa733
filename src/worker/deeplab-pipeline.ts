/** Our pipeline: the graph cut at its logits, with upsampling and argmax in one fused step. */
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Upsampling } from '../domain/labels/axis-weights.ts';
import { labelsOfSource } from '../domain/labels/picture-region.ts';
import type { Preprocessing } from '../domain/measuring/configuration.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { UpsampleArgmax } from '../domain/labels/upsample-argmax.ts';
import type { UpsampleArgmaxShape } from '../domain/labels/upsample-argmax.ts';
import type { DeeplabGraph } from '../model-import/deeplab-graph.ts';
import { effectiveInputSize, inputGeometry } from './input-geometry.ts';
import type { InputGeometry } from './input-geometry.ts';
import { InputPixels } from './input-pixels.ts';
import type { LoadedPipeline, PipelineResult } from './loaded-pipeline.ts';
import type { ModelToLoad } from '../catalogue/model-to-load.ts';
import type { RunningBackend } from './running-backend.ts';

export interface DeeplabPipelineOptions {
  readonly backend: RunningBackend;
  readonly graphModel: GraphModel;
  readonly graph: DeeplabGraph;
  readonly model: Pick<ModelToLoad, 'id' | 'padding' | 'classNames'>;
  readonly inputSize: number;
  readonly preprocessing: Preprocessing;
  /** Default: aligned, as in DeepLab. */
  readonly upsampling?: Upsampling;
}

/** Coarse scores on the host. */
interface Logits {
  readonly values: Float32Array;
  readonly gridHeight: number;
  readonly gridWidth: number;
  readonly classes: number;
}

export class DeeplabPipeline implements LoadedPipeline {
  readonly inputSize: number;
  private readonly options: DeeplabPipelineOptions;
  private readonly input: InputPixels<DeeplabGraph['inputDtype']>;
  private finish: { readonly shape: UpsampleArgmaxShape; readonly step: UpsampleArgmax } | null = null;
  private lastInput: Tensor3Source | null = null;
  private stride: number | null = null;
  private disposed = false;

  constructor(options: DeeplabPipelineOptions) {
    this.options = options;
    this.inputSize = effectiveInputSize(options.inputSize, options.model.padding);
    this.input = new InputPixels(options.graph.inputDtype);
  }

  get outputStride(): number | null {
    return this.stride;
  }

  /**
   * @throws ProblemError model-invalid when the logits are not [1, rows, columns, classes] with the model's classes.
   */
  async segment(pixels: ImageBitmap): Promise<PipelineResult> {
    const { padding } = this.options.model;
    const started = performance.now();
    const geometry = inputGeometry(pixels, this.options.inputSize, this.options.preprocessing, padding);
    this.lastInput = { values: this.input.read(pixels, geometry), geometry };
    const input = this.inputTensor(this.lastInput);
    try {
      await this.options.backend.upload(input);
      const uploaded = performance.now();
      const logits = await this.run(input);
      const inferred = performance.now();
      const { width, height } = geometry.picture;
      const labels = this.finishFor(logits, geometry).run(logits.values, new Uint8Array(width * height));
      const labelMap = labelsOfSource({ width, height, labels }, geometry.region, pixels);
      const finished = performance.now();
      return {
        labelMap,
        preprocess: uploaded - started,
        inference: inferred - uploaded,
        postprocess: finished - inferred,
      };
    } finally {
      input.dispose();
    }
  }

  async measureBare(repeats: number): Promise<readonly number[]> {
    if (this.lastInput === null) {
      throw new ProblemError({ kind: 'inference-failed', detail: 'no picture has been segmented yet' });
    }
    const input = this.inputTensor(this.lastInput);
    try {
      await this.options.backend.upload(input);
      const milliseconds: number[] = [];
      for (let i = 0; i < repeats; i++) {
        const started = performance.now();
        await this.run(input);
        milliseconds.push(performance.now() - started);
      }
      return milliseconds;
    } finally {
      input.dispose();
    }
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.options.graphModel.dispose();
  }

  private inputTensor({ values, geometry }: Tensor3Source): Tensor {
    const { width, height } = geometry.tensor;
    return tensor(values, [1, height, width, 3], this.options.graph.inputDtype);
  }

  /** From the start of the run until the logits are readable here: reading them proves that the device has finished. */
  private async run(input: Tensor): Promise<Logits> {
    const { graphModel, graph, backend, model } = this.options;
    const output = graphModel.execute({ [graph.inputName]: input }, graph.logitsName);
    if (!(output instanceof Tensor)) throw new Error('The graph gave more than one tensor for its logits.');
    try {
      const [batch, gridHeight, gridWidth, classes] = output.shape;
      if (batch !== 1 || gridHeight === undefined || gridWidth === undefined || classes === undefined) {
        return refuse(model.id, `its logits have the shape [${output.shape.join(', ')}]`);
      }
      // Both kinds of padding produce a square; upsampling a grid that is not square would shift the labels.
      if (gridHeight !== gridWidth || gridWidth < 2) {
        return refuse(model.id, `its logits are ${gridWidth} x ${gridHeight} for a square input`);
      }
      if (classes !== model.classNames.length) {
        return refuse(
          model.id,
          `it scores ${classes} classes, the catalogue names ${model.classNames.length}`,
        );
      }
      const values = await backend.read(output);
      const death = backend.death();
      // A lost WebGL context reads zeros, without any error.
      if (death !== null) throw new ProblemError(death);
      return { values, gridHeight, gridWidth, classes };
    } finally {
      output.dispose();
    }
  }

  private finishFor({ gridHeight, gridWidth, classes }: Logits, geometry: InputGeometry): UpsampleArgmax {
    const { picture, inputSize } = geometry;
    this.stride = Math.round((inputSize - 1) / (gridWidth - 1));
    const known = this.finish?.shape;
    if (
      this.finish !== null &&
      known?.rows === picture.height &&
      known.cols === picture.width &&
      known.gridHeight === gridHeight &&
      known.gridWidth === gridWidth
    ) {
      return this.finish.step;
    }
    const shape: UpsampleArgmaxShape = {
      gridHeight,
      gridWidth,
      classes,
      outHeight: inputSize,
      outWidth: inputSize,
      rows: picture.height,
      cols: picture.width,
      mode: 'exact',
      upsampling: this.options.upsampling ?? 'aligned',
    };
    this.finish = { shape, step: new UpsampleArgmax(shape) };
    return this.finish.step;
  }
}

interface Tensor3Source {
  readonly values: Int32Array | Float32Array;
  readonly geometry: InputGeometry;
}

function refuse(modelId: string, detail: string): never {
  throw new ProblemError({ kind: 'model-invalid', modelId, detail });
}
