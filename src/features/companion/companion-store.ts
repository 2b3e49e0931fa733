/** What changes once per human action on the companion page beside its agents: how frames are paced and shown. */
import { createStore } from 'zustand/vanilla';
import type { FramePayload } from '../../segmentation/agent-segmenter.ts';

/** locked: browser and agent get the same pixels in turn; free: each as fast as it can. */
export type Pacing = 'locked' | 'free';

export type Payload = FramePayload;

export type CompanionLayout = 'side-by-side' | 'wipe';

export interface CompanionState {
  readonly pacing: Pacing;
  /** How frames go to the agent when free; locked frames are always rgb8, so that both sides see the same bytes. */
  readonly payload: Payload;
  readonly layout: CompanionLayout;
  /** Share of the picture, from the left, that shows the browser's side of a wipe, 0..1. */
  readonly wipe01: number;
  readonly third: 'agreement' | 'none';
}

export const DEFAULT_COMPANION: CompanionState = {
  pacing: 'locked',
  payload: { codec: 'rgb8' },
  layout: 'side-by-side',
  wipe01: 0.5,
  third: 'agreement',
};

export function createCompanionStore(initial: Partial<CompanionState> = {}) {
  return createStore<CompanionState>()(() => ({ ...DEFAULT_COMPANION, ...initial }));
}

export type CompanionStore = ReturnType<typeof createCompanionStore>;
