/** Test doubles for a plan: models, sources and a history that fail on request. */
import type { FrameSource } from '../../../capture/frame-source.ts';
import type { AgentDescription, AnyDescription, RunBackend } from '../../../domain/agent-description.ts';
import type { Backend } from '../../../domain/backend.ts';
import type {
  Configuration,
  Pipeline,
  SegmenterDescription,
} from '../../../domain/measuring/configuration.ts';
import type { HostSummary } from '../../../domain/measuring/host-readings.ts';
import { ProblemError, type Problem } from '../../../domain/problems/problem.ts';
import type { PlannedRun, RunRecord } from '../../../domain/measuring/run.ts';
import {
  agentSetup,
  backendOf,
  browserSetup,
  type AgentPlace,
  type AgentSetup,
  type BrowserSetup,
} from '../../../domain/setup.ts';
import { makeAgentRun, makeRun } from '../../../domain/testing/run-record.ts';
import type { Segmenter } from '../../../segmentation/segmenter.ts';
import type { OpenSegmenter } from '../../../segmentation/open-segmenter.ts';
import { createAgentStore } from '../../agents/agent-store.ts';
import type { AgentsSession } from '../../agents/agents-session.ts';
import type { RunHistory, RunPicture } from '../run-history.ts';
import type { PlanParts } from '../run-plan.ts';

/** All events, in order, in words. */
export type Log = string[];

export interface DoubleOptions {
  /** By backend: the model cannot be loaded. */
  readonly loadFails?: Partial<Record<string, Problem>>;
  /** By backend: fails on this frame. */
  readonly frameFails?: Partial<Record<string, { readonly at: number; readonly problem: Problem }>>;
  /** By key: the source cannot be opened. */
  readonly sourceFails?: Partial<Record<string, Problem>>;
  /** True: an agent's Edge TPU is a test double. */
  readonly double?: boolean;
  /** What an agent's machine reports during the measurement. */
  readonly host?: HostSummary;
  /** Tensors that remain after closing. */
  readonly leaves?: number;
  /** Awaited before every frame. */
  readonly gate?: () => Promise<void>;
}

interface ChoiceTraits {
  readonly modelId: string;
  readonly backend: Backend;
  readonly inputSize: number;
  readonly pipeline: Pipeline;
  readonly sourceKey: string;
}

export function choice(traits: Partial<ChoiceTraits> = {}): PlannedRun & { readonly setup: BrowserSetup } {
  const { modelId = 'test-model', backend = 'wasm', inputSize = 257, pipeline = 'ours' } = traits;
  const { sourceKey = 'sample:astronaut' } = traits;
  return { setup: browserSetup(modelId, inputSize, backend, { pipeline }), sourceKey };
}

export const agentChoice = (
  change: Partial<AgentPlace> = {},
  sourceKey = 'sample:astronaut',
): PlannedRun & { readonly setup: AgentSetup } => ({
  setup: agentSetup('agent-model', 257, {
    ...{ agent: 'localhost:8590', device: 'cpu', tail: 'cut', threads: 1 },
    ...change,
  }),
  sourceKey,
});

/** A page without agents. */
export const noAgents = (): AgentsSession => ({
  agents: createAgentStore(),
  addAgent: () => 'agent-1',
  removeAgent: () => undefined,
  reconnect: () => undefined,
  showAgent: () => undefined,
  chooseOnAgent: () => undefined,
});

/** 15 ms a frame on a clock that moves only with the frames; yields to the event loop now and then. */
export function planDoubles(
  log: Log,
  options: DoubleOptions = {},
): Omit<PlanParts, 'onProgress' | 'onMeasured'> {
  let time = 0;
  let runs = 0;

  const openDouble: OpenSegmenter = (setup, signal, { contended = false } = {}) => {
    const { modelId, inputSize, place } = setup;
    const backend = backendOf(setup);
    const where = place.kind === 'agent' ? `${place.device} of ${place.agent}` : inputSize;
    log.push(`load ${backend} ${where}${contended ? ' contended' : ''}`);
    const problem = options.loadFails?.[backend];
    if (problem !== undefined) return Promise.reject(new ProblemError(problem));
    if (modelId === 'unknown') return Promise.reject(new ProblemError({ kind: 'model-unknown', modelId }));
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const network = testNetwork(backend, log, options, () => (time += 10));
    if (place.kind === 'browser') {
      return Promise.resolve({ ...network, description: browserDescription({ ...setup, place }) });
    }
    return Promise.resolve({
      ...network,
      description: agentDescription({ ...setup, place }, options),
      watchHost: () => ({ ended: () => Promise.resolve(options.host ?? null) }),
    });
  };

  return {
    now: () => time,
    date: () => new Date('2026-11-22T12:00:00Z'),
    newId: () => `run-${++runs}`,
    openSegmenter: openDouble,
    openSource(key) {
      log.push(`open ${key}`);
      const problem = options.sourceFails?.[key];
      if (problem !== undefined) return Promise.reject(new ProblemError(problem));
      return Promise.resolve(testSource(key, log, () => (time += 2)));
    },
    openPainter: () => ({
      paint({ frame }) {
        time += 3;
        frame.pixels.close();
      },
      close: () => log.push('close painter'),
    }),
    watchHidden: () => () => undefined,
    configurationOf: (segmenter, source): Configuration<AnyDescription> => ({
      ...makeRun().configuration,
      segmenter: segmenter.description,
      source: source.label,
    }),
  };
}

function testSource(key: string, log: Log, tick: () => void): FrameSource {
  let captured = 0;
  return {
    label: key,
    width: 4,
    height: 3,
    moving: key.startsWith('moving'),
    mirrorByDefault: false,
    async capture(signal) {
      await (captured % 10 === 9 ? new Promise((resolve) => setTimeout(resolve, 0)) : Promise.resolve());
      signal.throwIfAborted();
      tick();
      const pixels = { width: 4, height: 3, close: () => undefined } as unknown as ImageBitmap;
      return { id: ++captured, width: 4, height: 3, pixels, waitMs: 0 };
    },
    counters: () => ({ unique: captured, skipped: 0 }),
    onEnd: () => undefined,
    close: () => log.push(`close ${key}`),
  };
}

function browserDescription({ modelId, inputSize, pipeline, place }: BrowserSetup): SegmenterDescription {
  const { segmenter } = makeRun().configuration;
  const { backend } = place;
  return { ...segmenter, modelId, modelName: `Model ${modelId}`, backend, inputSize, pipeline };
}

/** An agent's description of itself; if asked for an Edge TPU it has one, or a double if the options say so. */
function agentDescription({ modelId, place }: AgentSetup, { double }: DoubleOptions): AgentDescription {
  const { agent, device, tail, threads } = place;
  return {
    ...makeAgentRun().configuration.segmenter,
    modelId,
    modelName: modelId,
    agentAddress: agent,
    tail,
    threads,
    deviceAsked: device,
    deviceUsed: device === 'edgetpu' && double === true ? 'test-double' : device,
  };
}

/** A network with a two-pixel input, on any device. */
function testNetwork(
  backend: RunBackend,
  log: Log,
  options: DoubleOptions,
  tick: () => void,
): Omit<Segmenter, 'description'> {
  let frames = 0;
  let closed = false;
  return {
    cold: { startMs: 1, downloadMs: 2, parseMs: 3, firstInferenceMs: 4, contended: false },
    loadedMemory: { tensors: 5, bytes: 500 },
    async segment(frame) {
      await options.gate?.();
      await Promise.resolve();
      tick();
      const failure = options.frameFails?.[backend];
      if (++frames === failure?.at) {
        frame.pixels.close();
        throw new ProblemError(failure.problem);
      }
      return {
        labelMap: { width: 2, height: 1, labels: Uint8Array.of(0, frame.id % 255) },
        frame,
        stages: { encode: 0, transport: 1, preprocess: 2, inference: 6, postprocess: 1 },
        memory: { tensors: 5, bytes: 500 },
      };
    },
    measureBare: () => Promise.resolve(null),
    onDeath: () => undefined,
    close() {
      if (!closed) log.push(`close ${backend}`);
      closed = true;
      return Promise.resolve({ tensors: options.leaves ?? 0, bytes: 0 });
    },
  };
}

export interface MemoryHistory extends RunHistory {
  readonly runs: Map<string, RunRecord>;
  readonly pictures: Map<string, RunPicture | null>;
  /** Saves throw this while it is not null. */
  refuses: Problem | null;
}

/** A history that lasts only as long as the test. */
export function memoryHistory(before: readonly RunRecord[] = []): MemoryHistory {
  const runs = new Map(before.map((run) => [run.id, run]));
  const pictures = new Map<string, RunPicture | null>();
  const history: MemoryHistory = {
    runs,
    pictures,
    refuses: null,
    list: () => Promise.resolve([...runs.values()]),
    save(run, picture) {
      if (history.refuses !== null) return Promise.reject(new ProblemError(history.refuses));
      runs.set(run.id, run);
      pictures.set(run.id, picture);
      return Promise.resolve();
    },
    change(run) {
      runs.set(run.id, run);
      return Promise.resolve();
    },
    remove(ids) {
      for (const id of ids) runs.delete(id);
      return Promise.resolve();
    },
    picture: (id) => Promise.resolve(pictures.get(id) ?? null),
    close: () => undefined,
  };
  return history;
}
