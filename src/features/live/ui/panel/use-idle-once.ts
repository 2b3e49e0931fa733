/** Tells a component when the main thread first had nothing else to do. */
import { useEffect, useState } from 'react';

/** Longest wait where the browser cannot tell when it is idle (Safari), ms. */
const WITHOUT_IDLE_MS = 300;

/** False at first; true from the first idle period after mounting, for good. */
export function useIdleOnce(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const becomeIdle = () => setIdle(true);
    if (!('requestIdleCallback' in globalThis)) {
      const timer = setTimeout(becomeIdle, WITHOUT_IDLE_MS);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(becomeIdle);
    return () => cancelIdleCallback(request);
  }, []);
  return idle;
}
