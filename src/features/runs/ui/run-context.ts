/** React context and hooks for the session of the Runs view. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { RunSession } from '../run-session.ts';
import type { RunRecord } from '../../../domain/measuring/run.ts';
import type { HistoryStatus, RunState } from '../run-store.ts';

export const RunSessionContext = createContext<RunSession | null>(null);

/** @throws Error outside of <RunsView>. */
export function useRuns(): RunSession {
  const session = useContext(RunSessionContext);
  if (session === null) throw new Error('This component belongs inside <RunsView>.');
  return session;
}

export function useRunState<Part>(select: (state: RunState) => Part): Part {
  return useStore(useRuns().runs, select);
}

const NO_RUNS: readonly RunRecord[] = [];

/** Newest first; empty while the history is not loaded. */
export function runsOf(history: HistoryStatus): readonly RunRecord[] {
  return history.kind === 'ready' ? history.runs : NO_RUNS;
}
