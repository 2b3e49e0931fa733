/** The agents of the live page while one of them segments its frames. */
import type { AgentsSession } from '../agents-session.types.ts';
import { useSession, useSessionState } from '../../live/ui/session-context.ts';

/** null while the browser segments. */
export function useLiveAgents(): AgentsSession | null {
  const session = useSession();
  const place = useSessionState((state) => state.place);
  return place === 'agent' ? session.agents() : null;
}
