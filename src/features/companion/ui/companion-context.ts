/** React context and hooks for the companion session. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { CompanionSession } from '../companion-session.types.ts';
import type { CompanionState } from '../companion-store.ts';
import type { CompanionTiming } from '../companion-timing-store.ts';

export const CompanionContext = createContext<CompanionSession | null>(null);

/** @throws Error outside of <CompanionApp>. */
export function useCompanion(): CompanionSession {
  const session = useContext(CompanionContext);
  if (session === null) throw new Error('This component belongs inside <CompanionApp session={...}>.');
  return session;
}

/** Changes once per user action. */
export function useCompanionState<Part>(select: (state: CompanionState) => Part): Part {
  return useStore(useCompanion().companion, select);
}

/** Changes a few times a second. */
export function useCompanionTiming<Part>(select: (state: CompanionTiming) => Part): Part {
  return useStore(useCompanion().timing, select);
}
