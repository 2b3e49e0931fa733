/** The page functions that runs need: their own canvas, the tab's visibility, random names. */
import type { ClassListId } from '../../domain/labels/class-list.ts';
import { colormapOf } from '../../domain/labels/colormap.ts';
import type { OverlayStyle } from '../../paint/overlay-style.ts';
import { createOverlayPainter } from '../../paint/overlay-painter.ts';
import { DEFAULT_VIEW } from '../../app/view-store.ts';
import type { RunPainter } from './run-runner.ts';

/** The same for all runs, whatever the live view's settings: outlines and background take time in the paint stage. */
export const runStyle = (classList: ClassListId | null): OverlayStyle => ({
  opacity01: DEFAULT_VIEW.opacity01,
  outlines: DEFAULT_VIEW.outlines,
  background: DEFAULT_VIEW.background,
  isolatedClass: null,
  colormap: colormapOf(classList),
});

/** Paints like the live view, on a canvas that is not shown. */
export function openRunPainter(classList: ClassListId | null): RunPainter {
  const style = runStyle(classList);
  const painter = createOverlayPainter(document.createElement('canvas'));
  return {
    paint({ frame, labelMap }) {
      painter.paint(frame.pixels, labelMap, style);
    },
    close: () => painter.close(),
  };
}

/** Calls back whenever the tab becomes hidden, and at once if it already is; the returned function stops watching. */
export function watchHidden(onHidden: () => void): () => void {
  const check = () => {
    if (document.visibilityState === 'hidden') onHidden();
  };
  document.addEventListener('visibilitychange', check);
  check();
  return () => document.removeEventListener('visibilitychange', check);
}

/** 128 random bits as 32 hex digits; crypto.randomUUID is missing on plain http. */
export function newRunId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
