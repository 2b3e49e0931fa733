/** Checks once, when the page starts, whether the agent of the last visit is available. */
import type { Problem } from '../../domain/problems/problem.ts';
import { type AgentStore, type AgentsState, shownAgentOf } from '../agents/public.ts';

export type FormerAgent =
  | { readonly kind: 'there' }
  /** The user has disconnected it since. */
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'absent'; readonly problem: Problem };

/** If a machine is switched off, a connection can hang for minutes. Opening the page must not take that long. */
export const PATIENCE_MS = 3000;

/**
 * Resolves as soon as the shown agent has greeted or has turned out to be unavailable. Never rejects.
 * @param patience resolves when the wait has been too long
 */
export async function awaitFormerAgent(
  agents: Pick<AgentStore, 'getState' | 'subscribe'>,
  patience: Promise<void>,
): Promise<FormerAgent> {
  let unsubscribe: () => void = () => undefined;
  const told = new Promise<FormerAgent>((resolve) => {
    const look = (state: AgentsState) => {
      const verdict = verdictOf(state);
      if (verdict !== null) resolve(verdict);
    };
    unsubscribe = agents.subscribe(look);
    look(agents.getState());
  });
  const tooLong = patience.then((): FormerAgent => {
    const address = shownAgentOf(agents.getState())?.address ?? '';
    return { kind: 'absent', problem: { kind: 'agent-not-running', address } };
  });
  try {
    return await Promise.race([told, tooLong]);
  } finally {
    unsubscribe();
  }
}

/** null while it is still connecting. */
function verdictOf(state: AgentsState): FormerAgent | null {
  const agent = shownAgentOf(state);
  if (agent === null) return { kind: 'forgotten' };
  const { connection } = agent;
  switch (connection.kind) {
    case 'open':
      return { kind: 'there' };
    case 'refused':
    case 'waiting-to-reconnect':
      return { kind: 'absent', problem: connection.problem };
    case 'idle':
    case 'connecting':
      return null;
  }
}
