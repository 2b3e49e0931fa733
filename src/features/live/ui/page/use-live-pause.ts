/** Freezes the live view while another view is shown: nobody sees its frames, and they cost a whole core. */
import { useEffect } from 'react';
import type { LiveSession } from '../../live-session.types.ts';

/** What the person has frozen stays frozen. */
export function useLivePause(session: LiveSession, shown: boolean): void {
  useEffect(() => {
    if (shown || session.session.getState().pause === 'frozen') return;
    session.setFrozen(true);
    return () => session.setFrozen(false);
  }, [session, shown]);
}
