/** The live session as every component reaches it. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { LiveSession } from '../live-session.types.ts';
import type { ImportState } from '../../models/import-store.ts';
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

/** A part of the import that is under way. */
export function useImport<Part>(select: (state: ImportState) => Part): Part {
  return useStore(useSession().imports.store, (state) => select(state.current));
}
