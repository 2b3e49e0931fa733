/** From a load request to a warm pipeline, with every number of the cold start kept apart. */
import { memory, version_core as coreVersion } from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { ColdTimings, SegmenterDescription } from '../domain/configuration.ts';
import { readDeeplabGraph } from '../model-import/deeplab-graph.ts';
import { startBackend } from './backend-start.ts';
import { DeeplabPipeline } from './deeplab-pipeline.ts';
import { buildGraphModel } from './graph-loading.ts';
import type { LoadedPipeline } from './loaded-pipeline.ts';
import type { LoadPhase, WorkerMemory, WorkerRequest } from './messages.ts';
import { downloadModel } from './model-download.ts';
import type { DownloadedModel } from './model-download.ts';
import type { RunningBackend } from './running-backend.ts';

export type LoadRequest = Extract<WorkerRequest, { kind: 'load' }>;

export interface LoadedModel {
  readonly pipeline: LoadedPipeline;
  readonly description: SegmenterDescription;
  readonly cold: ColdTimings;
}

export interface LoadListener {
  /** As soon as there is a device that can die. */
  readonly onBackend: (backend: RunningBackend) => void;
  readonly onProgress: (phase: LoadPhase, loadedBytes: number, totalBytes: number | null) => void;
}

/** @throws ProblemError, or whatever the backend throws in the first inference. */
export async function loadModel(request: LoadRequest, listener: LoadListener): Promise<LoadedModel> {
  const { model } = request;
  listener.onProgress('start', 0, null);
  const backend = await startBackend(request.backend);
  listener.onBackend(backend);
  // In a worker the clock starts with the worker, so that fetching its script is part of the start.
  const started = performance.now();

  const download = await downloadModel(model, (loadedBytes, totalBytes) => {
    listener.onProgress('download', loadedBytes, totalBytes);
  });
  const downloaded = performance.now();

  listener.onProgress('parse', 0, null);
  const graphModel = await buildGraphModel(download, model.id);
  const pipeline = await tidyOnFailure(graphModel, () =>
    openPipeline(request, backend, download, graphModel),
  );
  const parsed = performance.now();

  listener.onProgress('first-inference', 0, null);
  await tidyOnFailure(pipeline, () => segmentGrey(pipeline));
  const warm = performance.now();

  return {
    pipeline,
    description: {
      modelId: model.id,
      modelName: model.name,
      files: download.files,
      runtime: `TensorFlow.js ${coreVersion}`,
      ...backend.facts,
      pipeline: request.pipeline,
      preprocessing: request.preprocessing,
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

export function tensorMemory(): WorkerMemory {
  const { numTensors, numBytes } = memory();
  return { tensors: numTensors, bytes: numBytes };
}

async function openPipeline(
  request: LoadRequest,
  backend: RunningBackend,
  download: DownloadedModel,
  graphModel: GraphModel,
): Promise<LoadedPipeline> {
  if (request.pipeline === 'stock') {
    const { StockPipeline } = await import('./stock-pipeline.ts');
    return new StockPipeline(graphModel, backend, request.model.classNames);
  }
  const { model, inputSize, preprocessing } = request;
  const graph = readDeeplabGraph(download.graph.topology, model.id);
  return new DeeplabPipeline({ backend, graphModel, graph, model, inputSize, preprocessing });
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
