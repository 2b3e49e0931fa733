/** Waits until the catalogue is read, or cannot be. */
import type { SessionStore } from './session-store.ts';

export function catalogueSettled(session: SessionStore): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (session.getState().catalogue.kind === 'loading') return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = session.subscribe(check);
    check();
  });
}
