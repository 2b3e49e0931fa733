/** What changes a few times a second while live: the timing snapshot and the classes in the picture. */
import { createStore } from 'zustand/vanilla';
import type { TimingSnapshot } from '../../domain/measuring/timing-snapshot.ts';

/** A class that is in the picture now. */
export interface LegendEntry {
  readonly classIndex: number;
  readonly name: string;
  /** Share of the picture's pixels, 0..1. */
  readonly share01: number;
  /** CSS colour of the class in the colormap. */
  readonly color: string;
}

export interface TimingState {
  /** null until the first frame was painted. */
  readonly snapshot: TimingSnapshot | null;
  /** By share, largest first. */
  readonly legend: readonly LegendEntry[];
}

export function createTimingStore() {
  return createStore<TimingState>()(() => ({ snapshot: null, legend: [] }));
}

export type TimingStore = ReturnType<typeof createTimingStore>;
