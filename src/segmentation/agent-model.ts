/** Turns an agent's `loaded` answer into the description that accompanies every number. */
import { usbPort, type AgentDescription, type AgentMachine } from '../domain/agent-description.ts';
import { CLASS_LIST_IDS, classNamesOf } from '../domain/labels/class-list.ts';
import type { ColdTimings, Preprocessing } from '../domain/measuring/configuration.ts';
import { LIVE_INPUT, pipelineOf } from '../domain/setup.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { AgentModel, AnswerOf } from '../protocol/answers.ts';

/**
 * @param address as in AgentClientParts
 * @param greeted the greeting on the same connection
 * @param preprocessing done by the page, before it sends frames
 * @throws ProblemError model-unknown, when the agent loaded a model that it never listed
 */
export function describeAgentModel(
  address: string,
  loaded: AnswerOf<'loaded'>,
  greeted: AnswerOf<'greeted'>,
  preprocessing: Preprocessing = LIVE_INPUT.preprocessing,
): AgentDescription {
  const model = greeted.models.find(({ modelId }) => modelId === loaded.modelId);
  if (model === undefined) throw new ProblemError({ kind: 'model-unknown', modelId: loaded.modelId });
  const { deviceAsked, deviceUsed, engine, tail } = loaded;
  const onTpu = deviceAsked === 'edgetpu';
  return {
    modelId: loaded.modelId,
    modelName: loaded.modelId,
    files: [
      {
        path: `${loaded.modelId}${onTpu ? '_edgetpu' : ''}.tflite`,
        bytes: (onTpu ? model.edgeTpuTwin?.bytes : null) ?? model.bytes,
        sha256: loaded.sha256,
      },
    ],
    runtime: `${engine.name} ${engine.version}`,
    backend: 'tflite',
    device: deviceWords(loaded),
    softwareRendered: false,
    simd: null,
    threads: loaded.threads,
    float16Textures: null,
    pipeline: pipelineOf(tail),
    preprocessing,
    inputSize: loaded.inputSize,
    // The agent does not report the size of the logits.
    outputStride: null,
    precision: loaded.inputType,
    ...classesOf(model),
    agentAddress: address,
    tail,
    deviceAsked,
    deviceUsed,
    operatorsOnTpu: loaded.operatorsOnTpu,
    operatorsOnCpu: loaded.operatorsOnCpu,
    machine: machineOf(greeted),
  };
}

function machineOf({ agentVersion, host, edgeTpu }: AnswerOf<'greeted'>): AgentMachine {
  const { stick, library } = edgeTpu;
  return {
    agentVersion,
    board: host.board,
    system: `${host.system} ${host.architecture}`,
    cores: host.cores,
    node: host.node,
    edgeTpuLibrary: library === null ? null : `${library.name} ${library.version}`,
    usbPort: usbPort(stick?.megabitsPerSecond ?? null),
  };
}

/** The agent reads, prepares (delegate and allocation) and runs once; the socket adds no start-up time. */
export function coldTimingsOf({ cold }: AnswerOf<'loaded'>): ColdTimings {
  return {
    startMs: 0,
    downloadMs: cold.read,
    parseMs: cold.prepare,
    firstInferenceMs: cold.firstInvoke,
    contended: false,
  };
}

/** SPEC 4.3: a test double is labelled as one, under any device name from its library. */
function deviceWords({ deviceUsed, deviceName }: AnswerOf<'loaded'>): string {
  return deviceUsed === 'test-double' && !deviceName.startsWith('TEST DOUBLE')
    ? `TEST DOUBLE, no Edge TPU: ${deviceName}`
    : deviceName;
}

/** A .tflite file has no class names, so the known list with the same number of classes is used. */
function classesOf({ classes }: AgentModel): Pick<AgentDescription, 'classList' | 'classNames'> {
  const classList = CLASS_LIST_IDS.find((id) => classNamesOf(id, 0).length === classes) ?? null;
  return { classList, classNames: classNamesOf(classList, classes ?? 0) };
}
