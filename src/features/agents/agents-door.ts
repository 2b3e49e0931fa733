/** The door through which either page acts on its agents. */
import type { AgentChange, AgentStore } from './agent-store.ts';
import type { AgentRoster } from './agent-roster.ts';

export interface AgentsSession {
  readonly agents: AgentStore;
  /**
   * Connects and shows the agent; one of the same address is connected anew. Nothing is thrown: what is wrong stands
   * in the agent's `connection`.
   * @param address "host:port", or the whole address that the agent printed; a code in it is taken from there
   * @returns the agent's id
   */
  addAgent(address: string, code: string): string;
  removeAgent(id: string): void;
  /** @param code null: the former one */
  reconnect(id: string, code: string | null): void;
  showAgent(id: string): void;
  /** Loads what is wanted then; what the model cannot do is fitted (tail, device). */
  chooseOnAgent(id: string, change: AgentChange): void;
}

export function agentsDoor(agents: AgentStore, roster: AgentRoster): AgentsSession {
  return {
    agents,
    addAgent: (address, code) => roster.add(address, code),
    removeAgent(id) {
      roster.remove(id);
    },
    reconnect(id, code) {
      roster.reconnect(id, code);
    },
    showAgent(id) {
      roster.show(id);
    },
    chooseOnAgent(id, change) {
      roster.choose(id, change);
    },
  };
}
