/** Pauses the pump while the tab is hidden or the user has frozen the picture; both leave a marked gap in the timings. */
import type { FramePump } from '../pipeline/frame-pump.ts';
import type { SessionStore } from './session-store.ts';

export interface PageWatch {
  setFrozen(frozen: boolean): void;
  close(): void;
}

export function watchPage(pump: FramePump, store: SessionStore): PageWatch {
  let hidden = false;
  let frozen = false;

  function show(): void {
    store.setState({ pause: hidden ? 'hidden' : frozen ? 'frozen' : 'none' });
  }

  function set(before: boolean, after: boolean): boolean {
    if (before !== after) {
      if (after) void pump.hold();
      else pump.release();
    }
    return after;
  }

  const onVisibility = () => {
    hidden = set(hidden, document.visibilityState === 'hidden');
    show();
  };
  document.addEventListener('visibilitychange', onVisibility);
  onVisibility();

  return {
    setFrozen(next) {
      frozen = set(frozen, next);
      show();
    },
    close() {
      document.removeEventListener('visibilitychange', onVisibility);
    },
  };
}
