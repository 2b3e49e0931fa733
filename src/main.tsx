/** Entry of the live page. */
import { createRoot } from 'react-dom/client';
import { createAutomation } from './automation.ts';
import { startLiveSession } from './features/live/live-session.ts';
import { App } from './App.tsx';

const parts = startLiveSession();
parts.returnToPlace();

/** Loads on first use: history, runner and exports must not delay the first overlay. */
function whenNeeded<Session>(open: () => Promise<Session>): () => Promise<Session> {
  let session: Promise<Session> | null = null;
  return () => {
    session ??= open().catch((error: unknown) => {
      // The next call tries again.
      session = null;
      throw error;
    });
    return session;
  };
}

const runs = whenNeeded(async () => {
  const { startRunSession } = await import('./features/runs/start-run-session.ts');
  return startRunSession(parts, await parts.agents());
});
const evaluation = whenNeeded(async () => {
  const { startEvaluation } = await import('./features/evaluate/start-evaluation.ts');
  return startEvaluation(parts, await parts.agents());
});

globalThis.segscope = createAutomation(parts, runs, evaluation);
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App session={parts.live} runs={runs} evaluation={evaluation} />);
