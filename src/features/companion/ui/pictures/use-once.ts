/** What was true once stays true: a window that starts anew must not take a picture away. */
import { useState } from 'react';
import type { TimingSnapshot } from '../../../../domain/measuring/timing-snapshot.ts';

/** @param of whom it is true; somebody else begins anew */
export function useOnce(now: boolean, of: string): boolean {
  const [whose, setWhose] = useState<string | null>(null);
  if (now && whose !== of) setWhose(of);
  return now || whose === of;
}

/** Median frame time of one side, ms; null before its first frame. */
export function medianFrameMs(snapshot: TimingSnapshot | null): number | null {
  return snapshot?.rows.find(({ key }) => key === 'frame')?.median ?? null;
}
