/** What an agent's `loaded` says, as the description that stands beside every number. */
import { usbPort, type AgentDescription, type AgentMachine } from '../domain/agent-description.ts';
import { CLASS_LIST_IDS, classNamesOf } from '../domain/labels/class-list.ts';
import type { ColdTimings, Preprocessing } from '../domain/measuring/configuration.ts';
import { LIVE_INPUT, pipelineOf } from '../domain/setup.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { AgentModel, AnswerOf } from '../protocol/answers.ts';

/**
 * @param address as in AgentClientParts
 * @param greeted of the same connection
 * @param preprocessing done by the page, before frames go up
 * @throws ProblemError model-unknown, where the agent has loaded what it never named
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
    // The agent does not tell the size of the logits.
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

/** The agent reads, prepares (delegate and allocation) and runs once; the socket needs no start of its own. */
export function coldTimingsOf({ cold }: AnswerOf<'loaded'>): ColdTimings {
  return {
    startMs: 0,
    downloadMs: cold.read,
    parseMs: cold.prepare,
    firstInferenceMs: cold.firstInvoke,
    contended: false,
  };
}

/** SPEC 4.3: whatever the library calls its device, a double says so first. */
function deviceWords({ deviceUsed, deviceName }: AnswerOf<'loaded'>): string {
  return deviceUsed === 'test-double' && !deviceName.startsWith('TEST DOUBLE')
    ? `TEST DOUBLE, no Edge TPU: ${deviceName}`
    : deviceName;
}

/** A .tflite file carries no names: the number of its classes tells the list, where one that is known has as many. */
function classesOf({ classes }: AgentModel): Pick<AgentDescription, 'classList' | 'classNames'> {
  const classList = CLASS_LIST_IDS.find((id) => classNamesOf(id, 0).length === classes) ?? null;
  return { classList, classNames: classNamesOf(classList, classes ?? 0) };
}
