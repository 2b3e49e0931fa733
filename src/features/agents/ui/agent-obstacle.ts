/** Why an agent cannot run what it is asked for: one sentence, or null where it can. */
import type { AgentDevice, ModelTail } from '../../../domain/agent-description.ts';
import type { AgentFacts, AgentModelListing } from '../agent-store.ts';

/** @param model null while none is chosen */
export function deviceObstacle(
  device: AgentDevice,
  { edgeTpu }: AgentFacts,
  model: AgentModelListing | null,
): string | null {
  if (device === 'cpu') return null;
  if (edgeTpu.devices.length === 0) return edgeTpu.sentence;
  return model?.edgeTpuTwin === null ? 'This model has no version compiled for the Edge TPU.' : null;
}

/** @param model null while none is chosen */
export function tailObstacle(tail: ModelTail, model: AgentModelListing | null): string | null {
  if (model === null || model.tails.includes(tail)) return null;
  return model.notCutBecause ?? 'This model cannot run it.';
}
