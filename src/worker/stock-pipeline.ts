/** The stock pipeline: segment() of @tensorflow-models/deeplab as its users call it, the baseline of every claim. */
import { SemanticSegmentation } from '@tensorflow-models/deeplab';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { VOC_COLORMAP, type Rgb } from '../domain/labels/colormap.ts';
import { VOID_LABEL } from '../domain/labels/label-map.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { LoadedPipeline, PipelineResult } from './loaded-pipeline.ts';
import type { RunningBackend } from './running-backend.ts';

/** CROP_SIZE of the package: it scales the longest side of every picture to this. */
const STOCK_INPUT_SIZE = 513;

/**
 * The package takes no ImageBitmap, so the picture is handed over as ImageData, at its own size.
 * preprocess = getting that ImageData; inference = the whole of segment(), which scales, runs, upsamples, reads the
 * labels and colours them in one call that cannot be split; postprocess = its colours back to class indices.
 */
export class StockPipeline implements LoadedPipeline {
  readonly inputSize = STOCK_INPUT_SIZE;
  readonly outputStride = null;
  private readonly segmentation: SemanticSegmentation;
  private readonly graphModel: GraphModel;
  private readonly backend: RunningBackend;
  private readonly classNames: readonly string[];
  private readonly context: OffscreenCanvasRenderingContext2D;
  private disposed = false;

  /** @param classNames by index */
  constructor(graphModel: GraphModel, backend: RunningBackend, classNames: readonly string[]) {
    this.graphModel = graphModel;
    this.segmentation = new SemanticSegmentation(graphModel, 'pascal');
    this.backend = backend;
    this.classNames = classNames;
    const context = new OffscreenCanvas(1, 1).getContext('2d', { alpha: false, willReadFrequently: true });
    if (context === null) throw new Error('This browser provides no 2D canvas in workers.');
    this.context = context;
  }

  async segment(pixels: ImageBitmap): Promise<PipelineResult> {
    const started = performance.now();
    const picture = this.imageData(pixels);
    const prepared = performance.now();
    const { width, height, segmentationMap } = await this.segmentation.segment(picture, {
      colormap: COLORS.map(([red, green, blue]) => [red, green, blue]),
      labels: [...this.classNames],
    });
    const death = this.backend.death();
    if (death !== null) throw new ProblemError(death);
    const inferred = performance.now();
    const labels = labelsOfColors(segmentationMap);
    const finished = performance.now();
    return {
      labelMap: { width, height, labels },
      preprocess: prepared - started,
      inference: inferred - prepared,
      postprocess: finished - inferred,
    };
  }

  /** segment() hides execute(), so the bare network cannot be measured. */
  measureBare(): Promise<readonly number[]> {
    return Promise.resolve([]);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.graphModel.dispose();
  }

  private imageData(pixels: ImageBitmap): ImageData {
    const { width, height } = pixels;
    const { canvas } = this.context;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    // The previous picture must not show through; setting the size resets this.
    this.context.globalCompositeOperation = 'copy';
    this.context.drawImage(pixels, 0, 0);
    return this.context.getImageData(0, 0, width, height);
  }
}

/**
 * The colours that we pass to segment() for any class list. Its own ADE20K colours use one grey for two classes, so their
 * labels could not be read back. For VOC these are the package's own.
 */
const COLORS: readonly Rgb[] = VOC_COLORMAP.slice(0, VOID_LABEL);

/** Class index by packed RGB; every colour is different. */
const INDEX_OF_COLOR: ReadonlyMap<number, number> = new Map(
  COLORS.map(([red, green, blue], index) => [(red << 16) | (green << 8) | blue, index]),
);

/** @param rgba 4 bytes per pixel. Unknown colours become void. */
export function labelsOfColors(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const labels = new Uint8Array(rgba.length / 4);
  for (let i = 0, at = 0; i < labels.length; i++, at += 4) {
    const color = ((rgba[at] as number) << 16) | ((rgba[at + 1] as number) << 8) | (rgba[at + 2] as number);
    labels[i] = INDEX_OF_COLOR.get(color) ?? VOID_LABEL;
  }
  return labels;
}
