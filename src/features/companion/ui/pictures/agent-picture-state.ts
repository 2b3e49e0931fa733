/** What the agent's picture shows before its first frame, and the badge over it when it stops. */
import { describeProblem, type ProblemText } from '../../../../domain/problems/problem.ts';
import type { AgentState } from '../../../agents/agent-store.ts';
import type { SessionState } from '../../../../app/session-store.ts';
import { formatMs } from '../../../../domain/quantity.ts';

export type AgentPictureState =
  /** At least one frame was painted; the last one stays visible. */
  | { readonly kind: 'live' }
  | { readonly kind: 'no-agent' }
  | { readonly kind: 'waiting'; readonly words: string }
  | { readonly kind: 'failed'; readonly text: ProblemText };

/** @param painted whether the agent that is shown has painted a frame */
export function agentPictureState(painted: boolean, agent: AgentState | null): AgentPictureState {
  if (agent === null) return { kind: 'no-agent' };
  if (painted) return { kind: 'live' };
  const { address, connection, engine } = agent;
  switch (connection.kind) {
    case 'idle':
      return { kind: 'waiting', words: `Not connected to ${address}.` };
    case 'connecting':
      return { kind: 'waiting', words: `Connecting to ${address}…` };
    case 'waiting-to-reconnect':
    case 'refused':
      return { kind: 'failed', text: describeProblem(connection.problem) };
    case 'open':
      break;
  }
  switch (engine.kind) {
    case 'none':
      return { kind: 'waiting', words: 'No model runs on the agent yet.' };
    case 'loading':
      return { kind: 'waiting', words: `Loading ${engine.wanted.modelId} on the agent…` };
    case 'failed':
      return { kind: 'failed', text: describeProblem(engine.problem) };
    case 'running':
      return { kind: 'waiting', words: 'Waiting for the first frame…' };
  }
}

/** Badge over an agent's picture that does not move as expected; null while all is well. */
export function agentBadge(agent: AgentState | null, pause: SessionState['pause']): string | null {
  if (agent === null) return null;
  const { connection, engine } = agent;
  if (connection.kind === 'connecting') return 'Reconnecting…';
  if (connection.kind !== 'open') return 'Connection lost; this is the last picture';
  if (engine.kind === 'loading') return `Loading ${engine.wanted.modelId}…`;
  if (engine.kind === 'failed') return 'The model failed; this is the last picture';
  if (engine.kind === 'none') return 'No model runs; this is the last picture';
  if (pause === 'frozen') return 'Frozen';
  if (pause === 'hidden') return 'Paused: this tab was hidden';
  return null;
}

/** A side with at least this median frame time is called slow, ms. */
const SLOW_MS = 1000;

/** Tells a slow side from a stuck one; null for a side that is fast enough. */
export function slowWords(medianFrameMs: number | null): string | null {
  return medianFrameMs === null || medianFrameMs < SLOW_MS
    ? null
    : `Slow: ${formatMs(medianFrameMs / 1000)} s per frame`;
}
