/** Turns the worker's phases into one number for a progress bar that never moves backwards. */
import type { LoadPhase } from '../../worker/messages.ts';

export interface LoadProgress {
  readonly phase: LoadPhase;
  readonly loadedBytes: number;
  /** null while unknown. */
  readonly totalBytes: number | null;
}

/** Start and length of each phase on the bar; observed shares of a first visit on localhost. */
const SPANS: Readonly<Record<LoadPhase, readonly [from: number, share: number]>> = {
  start: [0, 0.1],
  download: [0.1, 0.5],
  parse: [0.6, 0.1],
  'first-inference': [0.7, 0.3],
};

/** 0..1; by bytes during the download, otherwise the start of the phase. */
export function progress01({ phase, loadedBytes, totalBytes }: LoadProgress): number {
  const [from, share] = SPANS[phase];
  const within = phase === 'download' && totalBytes !== null && totalBytes > 0 ? loadedBytes / totalBytes : 0;
  return from + share * Math.min(1, within);
}
