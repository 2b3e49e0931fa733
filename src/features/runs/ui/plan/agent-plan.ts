/** The part of a plan that runs on agents: the selected options, and which combinations can be measured. */
import {
  AGENT_DEVICES,
  MODEL_TAILS,
  type AgentDevice,
  type ModelTail,
} from '../../../../domain/agent-description.ts';
import { FRAME_CODECS, type FrameCodec } from '../../../../domain/frame-codec.ts';
import { agentSetup, isAgentSetup, type AgentSetup, type Setup } from '../../../../domain/setup.ts';
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

/** Every combination of the selected options, including those that cannot be measured. */
export function agentSetupsOf(
  { addresses, modelIds, devices, tails, codecs, threads }: AgentMarks,
  agents: readonly AgentState[],
): readonly AgentSetup[] {
  return addresses.flatMap((address) =>
    modelIds.flatMap((modelId) =>
      devices.flatMap((device) =>
        tails.flatMap((tail) =>
          codecs.map((codec) =>
            // The size of a missing model is irrelevant: its setup is filtered out.
            agentSetup(modelId, modelOn(address, modelId, agents)?.inputSize ?? 1, {
              agent: address,
              device,
              tail,
              threads,
              codec,
            }),
          ),
        ),
      ),
    ),
  );
}

/** One sentence on why a setup cannot be measured; null where it can. */
export function agentSetupObstacle(
  { modelId, place: { agent: address, device, tail } }: AgentSetup,
  agents: readonly AgentState[],
): string | null {
  const facts = factsOf(address, agents);
  if (facts === null) return `The agent at ${address} is not connected.`;
  const model = modelOn(address, modelId, agents);
  if (model === null) return `The agent at ${address} has no model "${modelId}".`;
  return deviceObstacle(device, facts, model) ?? tailObstacle(tail, model);
}

/** The selection that these setups could come from. */
export function agentMarksOf(setups: readonly Setup[]): AgentMarks {
  const onAgents = setups.filter(isAgentSetup);
  const first = onAgents[0];
  if (first === undefined) return NO_AGENTS;
  const marked = <Value>(of: (setup: AgentSetup) => Value) => [...new Set(onAgents.map(of))];
  return {
    addresses: marked(({ place }) => place.agent),
    modelIds: marked(({ modelId }) => modelId),
    devices: AGENT_DEVICES.filter((device) => onAgents.some(({ place }) => place.device === device)),
    tails: MODEL_TAILS.filter((tail) => onAgents.some(({ place }) => place.tail === tail)),
    codecs: FRAME_CODECS.filter((codec) => onAgents.some(({ place }) => place.codec === codec)),
    threads: first.place.threads,
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
    devices: [wanted.place.device],
    tails: [wanted.place.tail],
    threads: wanted.place.threads,
  };
}

function modelOn(address: string, modelId: string, agents: readonly AgentState[]): AgentModelListing | null {
  return factsOf(address, agents)?.models.find((model) => model.modelId === modelId) ?? null;
}
