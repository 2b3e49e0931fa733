/** TensorFlow.js behind the Runtime port: graph models, through our pipeline or the stock one. */
import { memory, version_core as coreVersion } from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Backend } from '../domain/backend.ts';
import { readDeeplabGraph } from '../model-import/deeplab-graph.ts';
import { startBackend } from './backend-start.ts';
import { DeeplabPipeline } from './deeplab-pipeline.ts';
import { buildGraphModel } from './graph-loading.ts';
import type { LoadedPipeline } from './loaded-pipeline.ts';
import { downloadModel } from './model-download.ts';
import type { DownloadedModel } from './model-download.ts';
import type { RunningBackend } from './running-backend.ts';
import type { LoadRequest, Runtime } from './runtime.ts';

/** @throws ProblemError backend-unavailable */
export async function startTfjsRuntime(name: Backend): Promise<Runtime> {
  const backend = await startBackend(name);
  return {
    name: `TensorFlow.js ${coreVersion}`,
    device: backend,
    memory: () => {
      const { numTensors, numBytes } = memory();
      return { tensors: numTensors, bytes: numBytes };
    },
    async download(model, onProgress) {
      const download = await downloadModel(model, onProgress);
      return {
        files: download.files,
        async open(request) {
          const graphModel = await buildGraphModel(download, model.id);
          try {
            return { pipeline: await openPipeline(request, backend, download, graphModel), prove: null };
          } catch (error) {
            graphModel.dispose();
            throw error;
          }
        },
      };
    },
  };
}

async function openPipeline(
  request: LoadRequest,
  backend: RunningBackend,
  download: DownloadedModel,
  graphModel: GraphModel,
): Promise<LoadedPipeline> {
  const { model, setup } = request;
  const { pipeline, inputSize, preprocessing, upsampling } = setup;
  if (pipeline === 'stock') {
    const { StockPipeline } = await import('./stock-pipeline.ts');
    return new StockPipeline(graphModel, backend, model.classNames);
  }
  const graph = readDeeplabGraph(download.graph.topology, model.id);
  return new DeeplabPipeline({
    backend,
    graphModel,
    graph,
    model,
    inputSize,
    preprocessing,
    upsampling,
  });
}
