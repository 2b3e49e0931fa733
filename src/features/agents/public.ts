/** The only module of this folder that other features may import. */
import type { startAgents as StartAgents } from './start-agents.ts';
export { createAgentRoster, type AgentRoster } from './agent-roster.ts';
export {
  createAgentStore,
  shownAgentOf,
  type AgentFacts,
  type AgentModelListing,
  type AgentState,
  type AgentStore,
  type AgentsState,
} from './agent-store.ts';
export { createAgentsSession, type AgentsSession } from './agents-session.ts';
export { PAGE_LINK, agentsToConnect, diagnoseFromPage, storeAgents, watchAddress } from './page-link.ts';
export type { PageAgents } from './start-agents.ts';

/** Loads the code for agents on the first call. */
export async function startAgents(
  ...parts: Parameters<typeof StartAgents>
): Promise<ReturnType<typeof StartAgents>> {
  return (await import('./start-agents.ts')).startAgents(...parts);
}
