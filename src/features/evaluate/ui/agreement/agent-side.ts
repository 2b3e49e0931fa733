/** A configuration on an agent, fitted to what the agent has. */
import type { AgentEvaluationChoice } from '../../../../domain/accuracy/evaluation.ts';
import type { Preprocessing } from '../../../../domain/measuring/configuration.ts';
import type { AgentFacts } from '../../../agents/agent-store.ts';
import { deviceObstacle, tailObstacle } from '../../../agents/ui/agent-obstacle.ts';

/** The agent's first model on its CPU; null where it has none. */
export function firstAgentSide(
  address: string,
  preprocessing: Preprocessing,
  facts: AgentFacts,
): AgentEvaluationChoice | null {
  const [model] = facts.models;
  if (model === undefined) return null;
  return agentSide(
    {
      modelId: model.modelId,
      backend: 'tflite',
      inputSize: model.inputSize,
      pipeline: 'ours',
      preprocessing,
      agent: { address, device: 'cpu', tail: 'cut', threads: 1 },
    },
    facts,
  );
}

/** The same with the model's own size, and with a device and a tail that it can run. */
export function agentSide(side: AgentEvaluationChoice, facts: AgentFacts): AgentEvaluationChoice {
  const model = facts.models.find(({ modelId }) => modelId === side.modelId);
  if (model === undefined) return side;
  const { agent } = side;
  const device = deviceObstacle(agent.device, facts, model) === null ? agent.device : 'cpu';
  const tail = tailObstacle(agent.tail, model) === null ? agent.tail : (model.tails[0] ?? agent.tail);
  const pipeline = tail === 'cut' ? 'ours' : 'stock';
  return { ...side, inputSize: model.inputSize, pipeline, agent: { ...agent, device, tail } };
}
