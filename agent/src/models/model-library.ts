/** The .tflite files that the agent offers, read once at start-up, each with its Edge TPU twin. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentModel, AnswerOf } from '../../../src/protocol/answers.ts';
import type { AgentDevice } from '../../../src/domain/agent-description.ts';
import { AgentFailure, failureOf } from '../agent-failure.ts';
import { readModelFile, type ModelFileFacts } from './model-file.ts';

interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly facts: ModelFileFacts;
}

export interface ShelvedModel {
  readonly listing: AgentModel;
  /** Path of the file for each device; null if there is none. */
  readonly paths: Readonly<Record<AgentDevice, string | null>>;
}

export interface ModelLibrary {
  readonly models: readonly ShelvedModel[];
  readonly unusable: AnswerOf<'greeted'>['unusableModels'];
}

const SUFFIX = '.tflite';
const TWIN_SUFFIX = '_edgetpu.tflite';

/**
 * Every .tflite in the folders; of two files with the same name the one in the first folder wins. Missing folders count
 * as empty.
 */
export async function readModelLibrary(folders: readonly string[]): Promise<ModelLibrary> {
  const paths = new Map<string, string>();
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((file) => file.endsWith(SUFFIX)).sort()) {
      if (!paths.has(name)) paths.set(name, join(folder, name));
    }
  }
  const files = new Map<string, FoundFile>();
  const unusable: { modelId: string; reason: string }[] = [];
  for (const [name, path] of paths) {
    try {
      files.set(name, await readFound(path));
    } catch (error) {
      unusable.push({ modelId: name, reason: failureOf(error, 'model-unusable').sentence });
    }
  }
  const shelved = [...files]
    .filter(([name]) => !name.endsWith(TWIN_SUFFIX))
    .map(([name, file]) => shelve(idOf(name), file, files.get(twinOf(name)) ?? null));
  for (const name of files.keys()) {
    if (!name.endsWith(TWIN_SUFFIX)) continue;
    const cpuName = `${name.slice(0, -TWIN_SUFFIX.length)}${SUFFIX}`;
    if (!files.has(cpuName)) {
      unusable.push({ modelId: name, reason: `It needs the uncompiled file ${cpuName} beside it.` });
    }
  }
  return { models: shelved, unusable };
}

/**
 * The file to load; names from the network are only compared with those of the library.
 * @throws AgentFailure model-unknown, or model-unusable if the model is not compiled for the Edge TPU
 */
export function modelPath(
  library: ModelLibrary,
  modelId: string,
  device: AgentDevice,
): { readonly model: ShelvedModel; readonly path: string } {
  const model = library.models.find(({ listing }) => listing.modelId === modelId);
  if (model === undefined) throw new AgentFailure('model-unknown', 'The agent has no model of this name.');
  const path = model.paths[device];
  if (path === null) {
    throw new AgentFailure(
      'model-unusable',
      `${modelId} has no file compiled for the Edge TPU (*${TWIN_SUFFIX}).`,
    );
  }
  return { model, path };
}

function shelve(modelId: string, file: FoundFile, twin: FoundFile | null): ShelvedModel {
  const { facts } = file;
  return {
    paths: { cpu: file.path, edgetpu: twin?.path ?? null },
    listing: {
      modelId,
      bytes: file.bytes,
      sha256: file.sha256,
      inputSize: facts.inputSize,
      inputType: facts.inputType,
      classes: facts.classes,
      tails: facts.cut.possible ? ['cut', 'stock'] : ['stock'],
      notCutBecause: facts.cut.possible ? null : facts.cut.because,
      operators: facts.operators.onCpu + facts.operators.onTpu,
      edgeTpuTwin:
        twin === null
          ? null
          : {
              bytes: twin.bytes,
              sha256: twin.sha256,
              operatorsOnTpu: twin.facts.operators.onTpu,
              operatorsOnCpu: twin.facts.operators.onCpu,
              operatorsOnCpuCut: twin.facts.operatorsCut?.onCpu ?? null,
            },
    },
  };
}

async function readFound(path: string): Promise<FoundFile> {
  const bytes = new Uint8Array(await readFile(path));
  return {
    path,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    facts: readModelFile(bytes),
  };
}

function idOf(fileName: string): string {
  return fileName.slice(0, -SUFFIX.length);
}

function twinOf(fileName: string): string {
  return `${idOf(fileName)}${TWIN_SUFFIX}`;
}
