/** What changes once per human action with agents: which ones there are, what each is, and what it shall run. */
import { createStore } from 'zustand/vanilla';
import type {
  AgentDescription,
  AgentDevice,
  AgentDeviceUsed,
  ModelTail,
} from '../../domain/agent-description.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { AgentPlace, AgentSetup } from '../../domain/setup.ts';

export interface NamedVersion {
  readonly name: string;
  readonly version: string;
}

/** The Coral stick as the agent's kernel sees it. */
export interface CoralStick {
  readonly state: 'without-firmware' | 'running';
  /** null where the kernel does not tell the port's speed. */
  readonly port: 'USB 2' | 'USB 3' | null;
  readonly permitted: boolean;
}

export interface EdgeTpuFacts {
  /** Why the Edge TPU can or cannot be used, one sentence of the agent. */
  readonly sentence: string;
  /** null: no stick is plugged in. */
  readonly stick: CoralStick | null;
  /** libedgetpu; null: it could not be opened. */
  readonly library: NamedVersion | null;
  /** Paths of the devices that libedgetpu lists. */
  readonly devices: readonly string[];
  /** True: the library is a test double; nothing that runs on it is an Edge TPU result. */
  readonly testDouble: boolean;
}

/** A .tflite file on the agent. */
export interface AgentModelListing {
  readonly modelId: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Side of the square input, px. */
  readonly inputSize: number;
  readonly inputType: 'uint8' | 'int8' | 'float32';
  readonly tails: readonly ModelTail[];
  /** Why it cannot be cut; null where it can. */
  readonly notCutBecause: string | null;
  readonly operators: number;
  /** The same network compiled for the Edge TPU; null: it runs on the CPU only. */
  readonly edgeTpuTwin: {
    readonly operatorsOnTpu: number;
    readonly operatorsOnCpu: number;
    /** null where it cannot be cut. */
    readonly operatorsOnCpuCut: number | null;
  } | null;
}

export interface AgentFacts {
  readonly version: string;
  readonly host: {
    readonly system: string;
    readonly architecture: string;
    /** null where the machine does not name itself. */
    readonly board: string | null;
    readonly cores: number;
    readonly node: string;
  };
  /** null: no TensorFlow Lite library could be opened; `engineSentence` says why. */
  readonly engine: NamedVersion | null;
  readonly engineSentence: string;
  readonly edgeTpu: EdgeTpuFacts;
  readonly models: readonly AgentModelListing[];
  readonly unusableModels: readonly { readonly modelId: string; readonly reason: string }[];
}

export type AgentConnection =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  /** Tries again by itself after `retryMs`; `attempt` counts from 1 since it was last open. */
  | {
      readonly kind: 'waiting-to-reconnect';
      readonly problem: Problem;
      readonly attempt: number;
      readonly retryMs: number;
    }
  | { readonly kind: 'open'; readonly facts: AgentFacts }
  /** Trying again would change nothing: a person has to act (code, origin, address, version). */
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What a person can choose on an agent that is connected; the rest follows from the model. */
export type AgentChange = Partial<
  Pick<AgentSetup, 'modelId'> & Pick<AgentPlace, 'device' | 'tail' | 'threads'>
>;

/** Start of a network on the agent, ms; never mixed with steady state. */
export interface AgentColdTimings {
  readonly readMs: number;
  readonly prepareMs: number;
  readonly firstInvokeMs: number;
}

export type AgentEngineStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly wanted: AgentSetup }
  | {
      readonly kind: 'running';
      readonly description: AgentDescription;
      readonly deviceAsked: AgentDevice;
      readonly deviceUsed: AgentDeviceUsed;
      /** In the agent's own words; begins with TEST DOUBLE where it is one. */
      readonly deviceName: string;
      readonly cold: AgentColdTimings;
    }
  | { readonly kind: 'failed'; readonly wanted: AgentSetup; readonly problem: Problem };

export interface AgentState {
  readonly id: string;
  /** As typed, without scheme: "localhost:8590". */
  readonly address: string;
  readonly connection: AgentConnection;
  /** null until the agent has told its models. */
  readonly wanted: AgentSetup | null;
  readonly engine: AgentEngineStatus;
}

export interface AgentsState {
  readonly agents: readonly AgentState[];
  /** The agent whose picture is shown and measured; null: none. */
  readonly shownAgentId: string | null;
}

export function shownAgentOf({ agents, shownAgentId }: AgentsState): AgentState | null {
  return agents.find(({ id }) => id === shownAgentId) ?? null;
}

export function createAgentStore(initial: Partial<AgentsState> = {}) {
  return createStore<AgentsState>()(() => ({ agents: [], shownAgentId: null, ...initial }));
}

export type AgentStore = ReturnType<typeof createAgentStore>;
