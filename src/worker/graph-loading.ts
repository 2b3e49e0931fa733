/** Builds a TensorFlow.js graph model from bytes in memory, so that the verified bytes are the ones that run. */
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { io } from '@tensorflow/tfjs-core';
import { ProblemError } from '../domain/problems/problem.ts';
import { messageOf } from './failure.ts';
import type { DownloadedModel } from './model-download.ts';

/** @throws ProblemError model-invalid */
export async function buildGraphModel(model: DownloadedModel, modelId: string): Promise<GraphModel> {
  const handler: io.IOHandler = {
    load: () =>
      Promise.resolve({
        modelTopology: model.graph.topology,
        weightSpecs: [...model.graph.weightSpecs],
        weightData: [...model.shards],
        format: 'graph-model',
      }),
  };
  try {
    return await loadGraphModel(handler);
  } catch (error) {
    throw new ProblemError({ kind: 'model-invalid', modelId, detail: messageOf(error) }, { cause: error });
  }
}
