/** Counts the seconds down to a moment that lies ahead. */
import { useEffect, useState } from 'react';

/** Whole seconds until `waitMs` after the mounting of the component that asks, >= 0. Give it a key for every new wait. */
export function useSecondsLeft(waitMs: number): number {
  const [leftMs, setLeftMs] = useState(waitMs);
  useEffect(() => {
    const endMs = Date.now() + waitMs;
    const timer = setInterval(() => setLeftMs(Math.max(0, endMs - Date.now())), 250);
    return () => clearInterval(timer);
  }, [waitMs]);
  return Math.ceil(leftMs / 1000);
}
