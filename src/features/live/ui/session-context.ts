/** The live session as every component reaches it. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AgentsSession } from '../../agents/agents-session.types.ts';
import type { LiveSession } from '../live-session.types.ts';
import type { SessionState } from '../../../app/session-store.ts';
import type { TimingState } from '../timing-store.ts';
import type { ViewState } from '../../../app/view-store.ts';

export const SessionContext = createContext<LiveSession | null>(null);

/** @throws Error outside of <App>. */
export function useSession(): LiveSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('This component belongs inside <App session={...}>.');
  return session;
}

/** A part of what changes once per human action. */
export function useSessionState<Part>(select: (state: SessionState) => Part): Part {
  return useStore(useSession().session, select);
}

/** A part of what changes a few times a second. */
export function useTiming<Part>(select: (state: TimingState) => Part): Part {
  return useStore(useSession().timing, select);
}

/** A part of how things are shown. */
export function useView<Part>(select: (state: ViewState) => Part): Part {
  return useStore(useSession().view, select);
}

/** The agents of the page while one of them segments its frames; null while the browser does. */
export function useLiveAgents(): AgentsSession | null {
  const session = useSession();
  const place = useSessionState((state) => state.place);
  return place === 'agent' ? session.agents() : null;
}
