/** Turns a load request into a warm pipeline, and times each part of the cold start. */
import type { ModelToLoad } from '../catalogue/model-to-load.ts';
import { isLitert } from '../domain/backend.ts';
import type { Backend } from '../domain/backend.ts';
import type { ColdTimings, SegmenterDescription } from '../domain/measuring/configuration.ts';
import type { LoadedPipeline } from './loaded-pipeline.ts';
import type { LoadPhase } from './messages.ts';
import type { LoadRequest, Runtime } from './runtime.ts';

export interface LoadedModel {
  readonly pipeline: LoadedPipeline;
  readonly description: SegmenterDescription;
  readonly cold: ColdTimings;
}

export interface LoadListener {
  /** Called as soon as a device is running. */
  readonly onRuntime: (runtime: Runtime) => void;
  readonly onProgress: (phase: LoadPhase, loadedBytes: number, totalBytes: number | null) => void;
}

/**
 * Each runtime's code is fetched only when a model needs it.
 * @throws ProblemError backend-unavailable
 */
export async function startRuntime(
  runtime: ModelToLoad['runtime'],
  backend: Backend,
  threads: number | null = null,
): Promise<Runtime> {
  switch (runtime) {
    case 'tfjs':
      if (isLitert(backend))
        return (await import('./litert-graph-runtime.ts')).startLitertGraphRuntime(backend, threads);
      return (await import('./tfjs-runtime.ts')).startTfjsRuntime(backend);
    case 'litert':
      return (await import('./litert-runtime.ts')).startLitertRuntime(backend, threads);
  }
}

/** @throws ProblemError, or any error of the runtime in the first inference. */
export async function loadModel(request: LoadRequest, listener: LoadListener): Promise<LoadedModel> {
  const { model, setup } = request;
  const { pipeline: kind, preprocessing, upsampling, place } = setup;
  listener.onProgress('start', 0, null);
  const runtime = await startRuntime(model.runtime, place.backend, place.threads);
  listener.onRuntime(runtime);
  // In a worker the clock starts with the worker, so that fetching its script is part of the start.
  const started = performance.now();

  const download = await runtime.download(model, (loadedBytes, totalBytes) =>
    listener.onProgress('download', loadedBytes, totalBytes),
  );
  const downloaded = performance.now();

  listener.onProgress('parse', 0, null);
  const { pipeline, prove } = await download.open(request);
  const parsed = performance.now();

  listener.onProgress('first-inference', 0, null);
  const warm = await tidyOnFailure(pipeline, async () => {
    await segmentGrey(pipeline);
    const inferred = performance.now();
    await prove?.();
    return inferred;
  });

  return {
    pipeline,
    description: {
      modelId: model.id,
      modelName: model.name,
      files: download.files,
      runtime: runtime.name,
      ...runtime.device.facts,
      pipeline: kind,
      preprocessing,
      ...(upsampling !== 'aligned' && { upsampling }),
      inputSize: pipeline.inputSize,
      outputStride: pipeline.outputStride,
      precision: model.precision,
      classList: model.classList,
      classNames: model.classNames,
    },
    cold: {
      startMs: started,
      downloadMs: downloaded - started,
      parseMs: parsed - downloaded,
      firstInferenceMs: warm - parsed,
      contended: request.contended,
    },
  };
}

/** Compiles the shaders and uploads the weights with a grey square. */
async function segmentGrey(pipeline: LoadedPipeline): Promise<void> {
  const canvas = new OffscreenCanvas(pipeline.inputSize, pipeline.inputSize);
  const context = canvas.getContext('2d', { alpha: false });
  if (context !== null) {
    context.fillStyle = 'rgb(127 127 127)';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  const grey = canvas.transferToImageBitmap();
  try {
    await pipeline.segment(grey);
  } finally {
    grey.close();
  }
}

async function tidyOnFailure<T>(owner: { dispose(): void }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    owner.dispose();
    throw error;
  }
}
