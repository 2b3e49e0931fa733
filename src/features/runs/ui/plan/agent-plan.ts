/** The part of a plan that runs on agents: the selected options, and which combinations can be measured. */
import {
  AGENT_DEVICES,
  MODEL_TAILS,
  type AgentDevice,
  type ModelTail,
} from '../../../../domain/agent-description.ts';
import { FRAME_CODECS, type FrameCodec } from '../../../../domain/frame-codec.ts';
import type { AgentChoice, RunChoice } from '../../../../domain/measuring/run.ts';
import type { AgentFacts, AgentModelListing, AgentState } from '../../../agents/agent-store.ts';
import { deviceObstacle, tailObstacle } from '../../../agents/ui/agent-obstacle.ts';

export interface AgentMarks {
  readonly addresses: readonly string[];
  readonly modelIds: readonly string[];
  readonly devices: readonly AgentDevice[];
  readonly tails: readonly ModelTail[];
  readonly codecs: readonly FrameCodec[];
  /** 1..8 */
  readonly threads: number;
}

export const MOST_THREADS = 8;

export const NO_AGENTS: AgentMarks = {
  addresses: [],
  modelIds: [],
  devices: ['cpu'],
  tails: ['cut'],
  codecs: ['rgb8'],
  threads: 1,
};

/** null while it is not connected. */
export function factsOf(address: string, agents: readonly AgentState[]): AgentFacts | null {
  const agent = agents.find((one) => one.address === address);
  return agent?.connection.kind === 'open' ? agent.connection.facts : null;
}

export function connectedAgents(agents: readonly AgentState[]): readonly AgentState[] {
  return agents.filter(({ connection }) => connection.kind === 'open');
}

/** Models of the agents with these addresses, each id once. */
export function agentModels(
  addresses: readonly string[],
  agents: readonly AgentState[],
): readonly AgentModelListing[] {
  const models = addresses.flatMap((address) => factsOf(address, agents)?.models ?? []);
  return [...new Map(models.map((model) => [model.modelId, model])).values()];
}

/** Every combination of the selected options on one source, including those that cannot be measured. */
export function agentChoicesOf(
  { addresses, modelIds, devices, tails, codecs, threads }: AgentMarks,
  sourceKey: string,
  agents: readonly AgentState[],
): readonly AgentChoice[] {
  return addresses.flatMap((address) =>
    modelIds.flatMap((modelId) =>
      devices.flatMap((device) =>
        tails.flatMap((tail) =>
          codecs.map((codec): AgentChoice => ({
            modelId,
            backend: 'tflite',
            // Irrelevant for a missing model: its choice is filtered out.
            inputSize: modelOn(address, modelId, agents)?.inputSize ?? 1,
            pipeline: tail === 'cut' ? 'ours' : 'stock',
            sourceKey,
            agent: { address, device, tail, threads },
            codec,
          })),
        ),
      ),
    ),
  );
}

/** One sentence on why a choice cannot be measured; null where it can. */
export function agentChoiceObstacle(
  { modelId, agent: { address, device, tail } }: AgentChoice,
  agents: readonly AgentState[],
): string | null {
  const facts = factsOf(address, agents);
  if (facts === null) return `The agent at ${address} is not connected.`;
  const model = modelOn(address, modelId, agents);
  if (model === null) return `The agent at ${address} has no model "${modelId}".`;
  return deviceObstacle(device, facts, model) ?? tailObstacle(tail, model);
}

/** The selection that these choices could come from. */
export function agentMarksOf(choices: readonly RunChoice[]): AgentMarks {
  const onAgents = choices.filter((choice) => choice.backend === 'tflite');
  const first = onAgents[0];
  if (first === undefined) return NO_AGENTS;
  const marked = <Value>(of: (choice: AgentChoice) => Value) => [...new Set(onAgents.map(of))];
  return {
    addresses: marked(({ agent }) => agent.address),
    modelIds: marked(({ modelId }) => modelId),
    devices: AGENT_DEVICES.filter((device) => onAgents.some(({ agent }) => agent.device === device)),
    tails: MODEL_TAILS.filter((tail) => onAgents.some(({ agent }) => agent.tail === tail)),
    codecs: FRAME_CODECS.filter((codec) => onAgents.some((choice) => choice.codec === codec)),
    threads: first.agent.threads,
  };
}

/** Deselects models that no selected agent has; if none is left, selects the one that an agent runs. */
export function withAddresses(
  marks: AgentMarks,
  addresses: readonly string[],
  agents: readonly AgentState[],
): AgentMarks {
  const offered = agentModels(addresses, agents).map(({ modelId }) => modelId);
  const kept = marks.modelIds.filter((modelId) => offered.includes(modelId));
  if (kept.length > 0 || addresses.length === 0) return { ...marks, addresses, modelIds: kept };
  const wanted = agents.find(({ address }) => addresses.includes(address))?.wanted ?? null;
  if (wanted === null) return { ...marks, addresses, modelIds: offered.slice(0, 1) };
  return {
    ...marks,
    addresses,
    modelIds: [wanted.modelId],
    devices: [wanted.device],
    tails: [wanted.tail],
    threads: wanted.threads,
  };
}

function modelOn(address: string, modelId: string, agents: readonly AgentState[]): AgentModelListing | null {
  return factsOf(address, agents)?.models.find((model) => model.modelId === modelId) ?? null;
}
