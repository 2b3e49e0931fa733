/** What changes once per human action with agents: the list, each agent's facts, and the setup it should run. */
import { createStore } from 'zustand/vanilla';
import type { AgentDescription, AgentDevice, AgentDeviceUsed } from '../../domain/agent-description.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { AgentPlace, AgentSetup } from '../../domain/setup.ts';
import type { AnswerOf } from '../../protocol/answers.ts';

/** What an agent says about itself when it greets. */
export type AgentFacts = Omit<AnswerOf<'greeted'>, 'kind' | 'protocol'>;
export type NamedVersion = NonNullable<AgentFacts['engine']>;
export type EdgeTpuFacts = AgentFacts['edgeTpu'];
export type CoralStick = NonNullable<EdgeTpuFacts['stick']>;
/** A .tflite file on the agent. */
export type AgentModelListing = AgentFacts['models'][number];

export type AgentConnection =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  /** Retries by itself after `retryMs`; `attempt` counts from 1 since it was last open. */
  | {
      readonly kind: 'waiting-to-reconnect';
      readonly problem: Problem;
      readonly attempt: number;
      readonly retryMs: number;
    }
  | { readonly kind: 'open'; readonly facts: AgentFacts }
  /** A retry would change nothing: the user has to act (code, origin, address, version). */
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What the user can choose on a connected agent; the rest follows from the model. */
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
      /** In the agent's own words; begins with TEST DOUBLE if it is one. */
      readonly deviceName: string;
      readonly cold: AgentColdTimings;
    }
  | { readonly kind: 'failed'; readonly wanted: AgentSetup; readonly problem: Problem };

export interface AgentState {
  readonly id: string;
  /** As typed, without scheme: "localhost:8590". */
  readonly address: string;
  readonly connection: AgentConnection;
  /** null until the agent has listed its models. */
  readonly wanted: AgentSetup | null;
  readonly engine: AgentEngineStatus;
}

export interface AgentsState {
  readonly agents: readonly AgentState[];
  /** The agent whose picture is shown and measured; null if none is. */
  readonly shownAgentId: string | null;
}

export function shownAgentOf({ agents, shownAgentId }: AgentsState): AgentState | null {
  return agents.find(({ id }) => id === shownAgentId) ?? null;
}

export function createAgentStore(initial: Partial<AgentsState> = {}) {
  return createStore<AgentsState>()(() => ({ agents: [], shownAgentId: null, ...initial }));
}

export type AgentStore = ReturnType<typeof createAgentStore>;

export const agentOf = (store: AgentStore, id: string) =>
  store.getState().agents.find((agent) => agent.id === id);

export function updateAgent(store: AgentStore, id: string, change: Partial<AgentState>): void {
  store.setState(({ agents }) => ({
    agents: agents.map((agent) => (agent.id === id ? { ...agent, ...change } : agent)),
  }));
}
