/** A configuration on an agent, fitted to what the agent has. */
import type { Preprocessing } from '../../../../domain/measuring/configuration.ts';
import { agentSetup, pipelineOf, type AgentSetup } from '../../../../domain/setup.ts';
import type { AgentFacts } from '../../../agents/public.ts';
import { deviceObstacle, tailObstacle } from '../../../agents/ui/public.ts';

/** The agent's first model on its CPU; null where it has none. */
export function firstAgentSide(
  address: string,
  preprocessing: Preprocessing,
  facts: AgentFacts,
): AgentSetup | null {
  const [model] = facts.models;
  if (model === undefined) return null;
  const place = { agent: address, device: 'cpu', tail: 'cut', threads: 1 } as const;
  return agentSide(agentSetup(model.modelId, model.inputSize, place, preprocessing), facts);
}

/** The same with the model's own size, and with a device and a tail that it can run. */
export function agentSide(side: AgentSetup, facts: AgentFacts): AgentSetup {
  const model = facts.models.find(({ modelId }) => modelId === side.modelId);
  if (model === undefined) return side;
  const { place } = side;
  const device = deviceObstacle(place.device, facts, model) === null ? place.device : 'cpu';
  const tail = tailObstacle(place.tail, model) === null ? place.tail : (model.tails[0] ?? place.tail);
  const { inputSize } = model;
  return { ...side, inputSize, pipeline: pipelineOf(tail), place: { ...place, device, tail } };
}
