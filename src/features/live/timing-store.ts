/** What changes a few times a second while live: the timing snapshot and the classes in the picture. */
import { createStore } from 'zustand/vanilla';
import type { LegendEntry } from '../../domain/labels/legend.ts';
import type { TimingSnapshot } from '../../domain/measuring/timing-snapshot.ts';

export interface TimingState {
  /** null until the first frame is painted. */
  readonly snapshot: TimingSnapshot | null;
  /** By share, largest first. */
  readonly legend: readonly LegendEntry[];
}

export function createTimingStore() {
  return createStore<TimingState>()(() => ({ snapshot: null, legend: [] }));
}

export type TimingStore = ReturnType<typeof createTimingStore>;
