/** The view in the address: #/live, #/runs or #/evaluate; anything else is the live view. */
import { useSyncExternalStore } from 'react';

export const PAGE_VIEWS = ['live', 'runs', 'evaluate'] as const;
export type PageView = (typeof PAGE_VIEWS)[number];

export function pageViewOf(hash: string): PageView {
  const name = /^#\/(\w+)(?![^?/])/.exec(hash)?.[1];
  return PAGE_VIEWS.find((view) => view === name) ?? 'live';
}

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

export function usePageView(): PageView {
  return useSyncExternalStore(subscribe, () => pageViewOf(location.hash));
}
