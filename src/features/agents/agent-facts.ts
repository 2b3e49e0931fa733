/** What an agent says about itself, in the words of the companion store. */
import type { AgentDescription } from '../../domain/agent-description.ts';
import type { HostReading } from '../../domain/measuring/host-readings.ts';
import { decodeThrottledBits } from '../../domain/measuring/throttling.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import type { AgentEngineStatus, AgentFacts, AgentModelListing, AgentWanted } from './agent-store.ts';

/** One thread each for the agent and the page on a Pi 4 or 5; more than there are cores is slower. */
const MOST_THREADS = 4;

/** The first wish: on a real Edge TPU where there is one, else the embedded int8 file. null: the agent has no model. */
export function firstWish({ models, host, edgeTpu }: AgentFacts): AgentWanted | null {
  const real = edgeTpu.devices.length > 0 && !edgeTpu.testDouble;
  const embedded = models.filter(({ modelId }) => modelId.startsWith('segscope'));
  const model =
    (real ? models.find(({ edgeTpuTwin }) => edgeTpuTwin !== null) : undefined) ??
    embedded.find(({ modelId }) => modelId.endsWith('int8')) ??
    embedded[0] ??
    models[0];
  if (model === undefined) return null;
  const threads = Math.max(1, Math.min(MOST_THREADS, host.cores));
  const { modelId } = model;
  return fitWish({ modelId, device: real ? 'edgetpu' : 'cpu', tail: 'cut', threads }, models);
}

/** Fits a wish to what the model can do: a tail that it has, the CPU where it was not compiled for the Edge TPU. */
export function fitWish(wish: AgentWanted, models: readonly AgentModelListing[]): AgentWanted {
  const model = models.find(({ modelId }) => modelId === wish.modelId);
  if (model === undefined) return wish;
  return {
    ...wish,
    device: model.edgeTpuTwin === null ? 'cpu' : wish.device,
    tail: model.tails.includes(wish.tail) ? wish.tail : (model.tails[0] ?? wish.tail),
    threads: Math.min(8, Math.max(1, Math.round(wish.threads))),
  };
}

/** The machine's own words, its throttled bits decoded. */
export function hostReading(told: AnswerOf<'telemetry'>): HostReading {
  const { thermalZones, cpuMegahertz, throttledBits, memory, serverBytes, engineBytes } = told;
  return {
    thermalZones,
    cpuMegahertz,
    throttling: throttledBits === null ? null : decodeThrottledBits(throttledBits),
    memory,
    serverBytes,
    engineBytes,
  };
}

/** What runs after a load, with its cold numbers. */
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
