/** LiteRT.js behind the Runtime port: .tflite files, cut at their logits in memory after their checksum matched. */
import type { Backend } from '../domain/backend.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { cutTail } from '../model-import/tflite/cut-tail.ts';
import type { CutTail } from '../model-import/tflite/cut-tail.ts';
import { describeTflite } from '../model-import/tflite/describe-tflite.ts';
import type { TfliteDescription } from '../model-import/tflite/describe-tflite.ts';
import { namingFile } from '../model-import/tflite/refusal.ts';
import { messageOf } from './failure.ts';
import { downloadFile } from './file-download.ts';
import type { DownloadedFile } from './file-download.ts';
import { KNOWN_ANSWERS } from './known-answers.ts';
import { startLitertDevice } from './litert-device.ts';
import { litertRuntime } from './litert-host.ts';
import { LitertInput } from './litert-input.ts';
import type { LitertLibrary } from './litert-library.ts';
import { LitertNetwork } from './litert-network.ts';
import { LitertPipeline } from './litert-pipeline.ts';
import { proveNetwork } from './litert-proof.ts';
import type { ModelToLoad } from '../catalogue/model-to-load.ts';
import type { LoadRequest, OpenedModel, Runtime } from './runtime.ts';

/**
 * @param threads null: the default for this CPU.
 * @throws ProblemError backend-unavailable
 */
export async function startLitertRuntime(backend: Backend, threads: number | null = null): Promise<Runtime> {
  if (backend === 'webgl' || backend === 'cpu') {
    throw new ProblemError({
      kind: 'backend-unavailable',
      backend,
      detail: 'LiteRT.js runs .tflite files on wasm or webgpu',
    });
  }
  const started = await startLitertDevice(backend, threads);
  return litertRuntime(started, async (model, onProgress) => {
    let loadedBytes = 0;
    const file = await downloadFile(model.graph, (count) => {
      loadedBytes += count;
      onProgress(loadedBytes, model.graph.bytes);
    });
    return { files: [file.checksum], open: (request) => openModel(started.library, request, file) };
  });
}

async function openModel(
  library: LitertLibrary,
  request: LoadRequest,
  file: DownloadedFile,
): Promise<OpenedModel & { readonly network: LitertNetwork }> {
  const { model, setup } = request;
  const { pipeline, preprocessing, upsampling, place } = setup;
  if (pipeline === 'stock') refuse(model, 'segment() of the deeplab package cannot run .tflite files');
  const { cut, description } = namingFile(model.id, () => ({
    cut: cutTail(file.bytes),
    description: describeTflite(file.bytes),
  }));
  const encoding = supportedEncoding(model, cut, description);
  if (library.accelerator === 'webgpu' && (encoding === 'uint8' || cut.logits.type !== 'float32')) {
    const detail = 'LiteRT.js runs quantised networks only on wasm';
    throw new ProblemError({ kind: 'backend-unavailable', backend: place.backend, detail });
  }
  const network = await LitertNetwork.compile(library, cut.bytes).catch((error: unknown) =>
    refuse(model, `LiteRT.js rejects it: ${messageOf(error)}`, error),
  );
  const { logits } = description;
  const inputSize = description.inputs[0]?.shape[1] ?? 0;
  return {
    network,
    pipeline: new LitertPipeline({
      network,
      input: new LitertInput(encoding),
      inputSize,
      logits,
      preprocessing,
      upsampling,
    }),
    prove: async () => {
      const answer = KNOWN_ANSWERS.get(file.checksum.sha256) ?? null;
      await proveNetwork({
        modelId: model.id,
        network,
        input: new LitertInput(encoding),
        inputSize,
        logits,
        answer,
        reference: await LitertNetwork.reference(library, cut.bytes),
      });
    },
  };
}

function supportedEncoding(model: ModelToLoad, { logits }: CutTail, description: TfliteDescription) {
  const [custom] = description.customOperators;
  if (custom !== undefined) {
    return refuse(
      model,
      `its operator ${custom} runs only on its own accelerator; load the file it was compiled from`,
    );
  }
  const { inputEncoding } = description;
  if (inputEncoding === 'int8' || logits.type === 'int8') {
    return refuse(model, 'its input or its logits are int8, and LiteRT.js supports only uint8 and float32');
  }
  if (logits.classes !== model.classNames.length) {
    return refuse(
      model,
      `it scores ${logits.classes} classes, the catalogue names ${model.classNames.length}`,
    );
  }
  return inputEncoding;
}

function refuse(model: ModelToLoad, detail: string, cause?: unknown): never {
  throw new ProblemError({ kind: 'model-invalid', modelId: model.id, detail }, { cause });
}
