/** Display settings: they never affect tensors, labels or the numbers in reports. */
import { createStore } from 'zustand/vanilla';

export type Theme = 'system' | 'light' | 'dark';

export interface ViewState {
  readonly opacity01: number;
  readonly outlines: boolean;
  /** Colour the background class too. */
  readonly background: boolean;
  /** Display only. */
  readonly mirror: boolean;
  readonly isolatedClass: number | null;
  readonly theme: Theme;
}

export const DEFAULT_VIEW: ViewState = {
  opacity01: 0.6,
  outlines: true,
  background: false,
  mirror: false,
  isolatedClass: null,
  theme: 'system',
};

export function createViewStore(initial: Partial<ViewState> = {}) {
  return createStore<ViewState>()(() => ({ ...DEFAULT_VIEW, ...initial }));
}

export type ViewStore = ReturnType<typeof createViewStore>;
