/** The agents of a page as its components reach them. */
import type { AgentStore } from './agent-store.ts';
import type { AgentRoster } from './agent-roster.types.ts';
import type { AgentsSession } from './agents-session.types.ts';

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
