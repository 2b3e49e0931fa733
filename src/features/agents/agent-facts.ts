/** Converts an agent's description of itself for the companion store. */
import type { AgentDescription } from '../../domain/agent-description.ts';
import { allCores } from '../../domain/backend.ts';
import { agentSetup, type AgentSetup } from '../../domain/setup.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import type { AgentEngineStatus, AgentFacts, AgentModelListing } from './agent-store.ts';

/** The first setup: the real Edge TPU if the agent has one, else the embedded int8 file. null: the agent has no model. */
export function firstWish(agent: string, { models, host, edgeTpu }: AgentFacts): AgentSetup | null {
  const real = edgeTpu.devices.length > 0 && !edgeTpu.testDouble;
  const embedded = models.filter(({ modelId }) => modelId.startsWith('segscope'));
  const model =
    (real ? models.find(({ edgeTpuTwin }) => edgeTpuTwin !== null) : undefined) ??
    embedded.find(({ modelId }) => modelId.endsWith('int8')) ??
    embedded[0] ??
    models[0];
  if (model === undefined) return null;
  const threads = allCores(host.cores);
  const device = real ? 'edgetpu' : 'cpu';
  return fitWish(agentSetup(model.modelId, model.inputSize, { agent, device, tail: 'cut', threads }), models);
}

/** Fits a setup to the model: a tail that it has, and the CPU if it was not compiled for the Edge TPU. */
export function fitWish(wish: AgentSetup, models: readonly AgentModelListing[]): AgentSetup {
  const { modelId, place } = wish;
  const model = models.find((one) => one.modelId === modelId);
  if (model === undefined) return wish;
  return agentSetup(modelId, model.inputSize, {
    ...place,
    device: model.edgeTpuTwin === null ? 'cpu' : place.device,
    tail: model.tails.includes(place.tail) ? place.tail : (model.tails[0] ?? place.tail),
    threads: Math.min(8, Math.max(1, Math.round(place.threads))),
  });
}

/** The running engine after a load, with its cold numbers. */
export function runningEngine(
  { deviceAsked, deviceUsed, cold }: AnswerOf<'loaded'>,
  description: AgentDescription,
): AgentEngineStatus {
  return {
    kind: 'running',
    description,
    deviceAsked,
    deviceUsed,
    deviceName: description.device,
    cold: { readMs: cold.read, prepareMs: cold.prepare, firstInvokeMs: cold.firstInvoke },
  };
}
