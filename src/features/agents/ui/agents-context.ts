/** React access to the agents. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AgentsSession } from '../agents-session.ts';
import { shownAgentOf, type AgentState, type AgentsState } from '../agent-store.ts';

export const AgentsContext = createContext<AgentsSession | null>(null);

/** @throws Error outside of <AgentsContext>. */
export function useAgents(): AgentsSession {
  const session = useContext(AgentsContext);
  if (session === null) throw new Error('This component belongs inside <AgentsContext value={...}>.');
  return session;
}

export function useAgentsState<Part>(select: (state: AgentsState) => Part): Part {
  return useStore(useAgents().agents, select);
}

/** The agent on display, or null. */
export function useShownAgent(): AgentState | null {
  return useAgentsState(shownAgentOf);
}
