/** Renders the companion page around a recording session in the real browser. */
import { render } from 'vitest-browser-react';
import { page } from 'vitest/browser';
import { CompanionApp } from '../ui/CompanionApp.tsx';
import { makeCompanionLive } from './companion-state.ts';
import {
  createRecordingCompanionSession,
  type CompanionCall,
  type RecordingCompanionSession,
} from './recording-companion-session.ts';

export interface ShownCompanion {
  readonly session: RecordingCompanionSession;
  /** Calls to one method, without its name. */
  readonly callsOf: (method: CompanionCall[0]) => readonly unknown[][];
}

/** A page with no agent and no picture yet. */
export async function showEmptyCompanion(
  prepare: (session: RecordingCompanionSession) => void = () => undefined,
): Promise<ShownCompanion> {
  await page.viewport(1280, 800);
  const session = createRecordingCompanionSession();
  prepare(session);
  await render(<CompanionApp session={session} />);
  return {
    session,
    callsOf: (method) => session.calls.filter(([name]) => name === method).map(([, ...values]) => values),
  };
}

/** A page that has run with an agent for a while. */
export function showLiveCompanion(
  prepare: (session: RecordingCompanionSession) => void = () => undefined,
): Promise<ShownCompanion> {
  return showEmptyCompanion((session) => {
    makeCompanionLive(session);
    prepare(session);
  });
}
