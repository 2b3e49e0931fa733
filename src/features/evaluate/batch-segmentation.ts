/** Segments single pictures one after another beside the live view, for accuracy checks. */
import { decodePixels } from '../../capture/decode-picture.ts';
import type { Upsampling } from '../../domain/labels/axis-weights.ts';
import type { Backend } from '../../domain/backend.ts';
import type { Pipeline, Preprocessing, SegmenterDescription } from '../../domain/measuring/configuration.ts';
import type { LabelMap } from '../../domain/labels/label-map.ts';
import type { Segmentation, SegmenterMemory } from '../../segmentation/segmenter.ts';
import { openWorkerSegmenter } from '../../segmentation/worker-segmenter.ts';
import type { ModelLibrary } from '../../app/model-library.ts';

export interface BatchRequest {
  readonly modelId: string;
  readonly backend: Backend;
  readonly inputSize: number;
  readonly pipeline: Pipeline;
  readonly preprocessing: Preprocessing;
  /** Left out: aligned, as DeepLab does it. */
  readonly upsampling?: Upsampling;
  /** Left out: as many as are worth it wherever nothing was measured. */
  readonly threads?: number;
}

/** @typeParam Description of what segments; an agent's has other words for its device */
export interface PictureBatch<Description> {
  readonly description: Description;
  /** Takes over the pixels of a decoded picture and closes them. */
  segmentPixels(pixels: ImageBitmap): Promise<BatchSegmentation>;
  close(): Promise<SegmenterMemory>;
}

export interface Batch extends PictureBatch<SegmenterDescription> {
  /** Decodes the picture as it is (no colour conversion) and segments it. */
  segment(picture: Blob): Promise<BatchSegmentation>;
}

export interface BatchSegmentation {
  readonly labelMap: LabelMap;
  readonly stages: Segmentation['stages'];
}

/**
 * @param loading aborting it ends the loading, nothing else
 * @throws ProblemError, or the reason of `loading`
 */
export async function openBatch(
  library: ModelLibrary,
  request: BatchRequest,
  loading = new AbortController().signal,
): Promise<Batch> {
  const { modelId, pipeline } = request;
  const model = library.modelToLoad(modelId, pipeline);
  const segmenter = await openWorkerSegmenter(
    { ...request, model, contended: false },
    () => undefined,
    loading,
  );
  const { signal } = new AbortController();
  let id = 0;
  async function segmentPixels(pixels: ImageBitmap): Promise<BatchSegmentation> {
    const { width, height } = pixels;
    const segmentation = await segmenter.segment({ id: ++id, width, height, pixels, waitMs: 0 }, signal);
    segmentation.frame.pixels.close();
    return { labelMap: segmentation.labelMap, stages: segmentation.stages };
  }
  return {
    description: segmenter.description,
    segment: async (picture) => segmentPixels(await decodePixels(picture, 'picture')),
    segmentPixels,
    close: () => segmenter.close(),
  };
}
