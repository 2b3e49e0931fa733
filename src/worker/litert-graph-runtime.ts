/**
 * Graph models on LiteRT.js behind the Runtime port: once its files are checked, the graph is written as a .tflite in
 * memory.
 */
import { ProblemError } from '../domain/problems/problem.ts';
import { readDeeplabGraph } from '../model-import/deeplab-graph.ts';
import { GraphError } from '../model-import/graph-error.ts';
import { graphModelSource } from '../model-import/graph-model.ts';
import { graphOf } from '../model-import/graph-source.ts';
import { planNetwork } from '../model-import/tflite/plan-network.ts';
import type { PlannedGraph } from '../model-import/tflite/plan-network.ts';
import { writeTflite } from '../model-import/tflite/write-tflite.ts';
import { messageOf } from './failure.ts';
import { effectiveInputSize } from './input-geometry.ts';
import { startLitertDevice } from './litert-device.ts';
import { litertRuntime } from './litert-host.ts';
import { GraphInput } from './litert-input.ts';
import type { LitertLibrary } from './litert-library.ts';
import { LitertNetwork } from './litert-network.ts';
import { LitertPipeline } from './litert-pipeline.ts';
import { proveNetwork } from './litert-proof.ts';
import { downloadModel } from './model-download.ts';
import type { DownloadedModel } from './model-download.ts';
import type { LoadRequest, OpenedModel, Runtime } from './runtime.ts';

type GraphBackend = 'litert' | 'litert-webgpu';

/**
 * @param threads null: the default for this CPU. Ignored on WebGPU.
 * @throws ProblemError backend-unavailable
 */
export async function startLitertGraphRuntime(
  backend: GraphBackend,
  threads: number | null,
): Promise<Runtime> {
  const started = await startLitertDevice(backend, threads);
  return litertRuntime(started, async (model, onProgress) => {
    const download = await downloadModel(model, onProgress);
    return {
      files: download.files,
      open: (request) => openGraph(started.library, backend, request, download),
    };
  });
}

async function openGraph(
  library: LitertLibrary,
  backend: GraphBackend,
  { model, setup }: LoadRequest,
  download: DownloadedModel,
): Promise<OpenedModel & { readonly network: LitertNetwork }> {
  const { pipeline, preprocessing, upsampling, inputSize: wantedSize } = setup;
  const unavailable: Refuse = (detail, cause) => {
    throw new ProblemError({ kind: 'backend-unavailable', backend, detail }, { cause });
  };
  if (pipeline === 'stock') unavailable('segment() of the deeplab package needs TensorFlow.js');
  if (model.padding.kind === 'inside') {
    unavailable(
      'this graph pads its picture itself, but a .tflite has one size; import the model to convert it',
    );
  }
  const inputSize = effectiveInputSize(wantedSize, model.padding);
  const { inputName, logitsName, inputDtype } = readDeeplabGraph(download.graph.topology, model.id);
  const planned = plannedGraph(download, inputName, logitsName, inputSize, unavailable);
  const { gridHeight, gridWidth, classes } = planned;
  if (classes !== model.classNames.length) {
    const detail = `it scores ${classes} classes, the catalogue names ${model.classNames.length}`;
    throw new ProblemError({ kind: 'model-invalid', modelId: model.id, detail });
  }
  const bytes = writeTflite(planned.network);
  const network = await LitertNetwork.compile(library, bytes).catch((error: unknown) =>
    unavailable(`LiteRT.js rejects this graph: ${messageOf(error)}`, error),
  );
  const logits = {
    name: logitsName,
    type: 'float32' as const,
    gridHeight,
    gridWidth,
    classes,
    quantization: null,
  };
  const input = new GraphInput(inputDtype);
  return {
    network,
    pipeline: new LitertPipeline({ network, input, inputSize, logits, preprocessing, upsampling }),
    prove: async () => {
      await proveNetwork({
        modelId: model.id,
        network,
        input: new GraphInput(inputDtype),
        inputSize,
        logits,
        answer: null,
        reference: await LitertNetwork.reference(library, bytes),
      });
    },
  };
}

function plannedGraph(
  { graph, shards }: DownloadedModel,
  inputName: string,
  logitsName: string,
  side: number,
  unavailable: Refuse,
): PlannedGraph {
  try {
    const source = graphModelSource(
      graph,
      shards.map((shard) => new Uint8Array(shard)),
    );
    return planNetwork(graphOf(source), inputName, logitsName, side);
  } catch (error) {
    if (error instanceof GraphError) return unavailable(error.message, error);
    throw error;
  }
}

type Refuse = (detail: string, cause?: unknown) => never;
