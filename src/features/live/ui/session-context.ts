/** React access to the live session. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AgentsSession } from '../../agents/public.ts';
import type { LiveSession } from '../live-controls.ts';
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

/** Selects from the state that changes once per user action. */
export function useSessionState<Part>(select: (state: SessionState) => Part): Part {
  return useStore(useSession().session, select);
}

/** Selects from the state that changes a few times a second. */
export function useTiming<Part>(select: (state: TimingState) => Part): Part {
  return useStore(useSession().timing, select);
}

/** Selects from the display settings. */
export function useView<Part>(select: (state: ViewState) => Part): Part {
  return useStore(useSession().view, select);
}

/** The agents while one of them segments the live frames; null while the browser does. */
export function useLiveAgents(): AgentsSession | null {
  const session = useSession();
  const place = useSessionState((state) => state.place);
  return place === 'agent' ? session.agents() : null;
}
