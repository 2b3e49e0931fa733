/** Why there is no agreement to show. */
import type { AgentState } from '../../../agents/agent-store.ts';
import type { Pacing } from '../../companion-store.ts';
import type { EngineStatus } from '../../../../app/session-store.ts';

/** One sentence with its next step; null where there is an agreement. */
export function agreementObstacle(
  pacing: Pacing,
  browser: EngineStatus,
  agent: AgentState | null,
  known: boolean,
): string | null {
  if (known) return null;
  if (agent === null) return "Connect an agent to compare its labels with the browser's.";
  if (agent.connection.kind === 'refused' || agent.connection.kind === 'waiting-to-reconnect') {
    return 'The agent is not connected. See the next step under Agent.';
  }
  if (pacing === 'free') {
    return 'In free mode the two sides see different frames. Choose locked frames to compare labels.';
  }
  if (
    browser.kind === 'running' &&
    agent.engine.kind === 'running' &&
    browser.description.classList !== agent.engine.description.classList
  ) {
    return 'The two models have different classes. Choose models with the same classes to compare labels.';
  }
  return 'Waiting for a frame that both sides have seen…';
}
