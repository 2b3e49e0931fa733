/** What both pages can do with their agents. */
import type { AgentChange, AgentStore } from './agent-store.ts';
import type { AgentRoster } from './agent-roster.ts';

export interface AgentsSession {
  readonly agents: AgentStore;
  /**
   * Connects and shows the agent; reconnects one with the same address. Never throws: the agent's `connection` reports
   * what went wrong.
   * @param address "host:port", or the whole address that the agent printed, which also supplies the code
   * @returns the agent's id
   */
  addAgent(address: string, code: string): string;
  removeAgent(id: string): void;
  /** @param code null keeps the current one */
  reconnect(id: string, code: string | null): void;
  showAgent(id: string): void;
  /** Applies the change and loads the model, with tail and device fitted to it. */
  chooseOnAgent(id: string, change: AgentChange): void;
}

export function createAgentsSession(agents: AgentStore, roster: AgentRoster): AgentsSession {
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
