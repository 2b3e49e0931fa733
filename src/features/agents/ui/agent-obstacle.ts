/** Why an agent cannot run a setup: one sentence, or null if it can. */
import type { AgentDevice, ModelTail } from '../../../domain/agent-description.ts';
import type { AgentFacts, AgentModelListing } from '../agent-store.ts';

/** @param model null if none is chosen */
export function deviceObstacle(
  device: AgentDevice,
  { edgeTpu }: AgentFacts,
  model: AgentModelListing | null,
): string | null {
  if (device === 'cpu') return null;
  if (edgeTpu.devices.length === 0) return edgeTpu.sentence;
  return model?.edgeTpuTwin === null ? 'This model is not compiled for the Edge TPU.' : null;
}

/** @param model null if none is chosen */
export function tailObstacle(tail: ModelTail, model: AgentModelListing | null): string | null {
  if (model === null || model.tails.includes(tail)) return null;
  return model.notCutBecause ?? 'This model does not support it.';
}
