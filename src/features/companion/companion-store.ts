/** Companion state that changes once per human action, except the agents: how frames are paced and shown. */
import { createStore } from 'zustand/vanilla';
import type { FramePayload } from '../../segmentation/agent-segmenter.ts';

/** locked: browser and agent take turns on the same pixels; free: each runs as fast as it can. */
export type Pacing = 'locked' | 'free';

export type Payload = FramePayload;

export type CompanionLayout = 'side-by-side' | 'wipe';

export interface CompanionState {
  readonly pacing: Pacing;
  /**
   * Encoding of frames for the agent when free; locked frames are always rgb8, so that both sides get the same bytes.
   */
  readonly payload: Payload;
  readonly layout: CompanionLayout;
  /** In a wipe, the share of the picture that shows the browser's side, from the left, 0..1. */
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
