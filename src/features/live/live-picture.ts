/** Draws picture and overlay on one canvas, and knows who made the labels and which class is at a point. */
import type { Classes } from '../../domain/labels/legend.ts';
import { colormapOf } from '../../domain/labels/colormap.ts';
import { createOverlayPainter, type OverlayPainter, type Painted } from '../../paint/overlay-painter.ts';
import type { OverlayStyle } from '../../paint/overlay-style.ts';
import type { Segmentation } from '../../segmentation/segmenter.ts';
import type { ViewStore } from '../../app/view-store.ts';
import { classAt, type ClassAtPoint } from './class-at.ts';

export interface LivePicture<By> {
  /** null detaches. */
  attach(canvas: HTMLCanvasElement | null): void;
  /** Takes over the frame's pixels. */
  paint(segmentation: Segmentation, by: By): void;
  /** Paints the last frame again with the current view settings. */
  repaint(): void;
  /** null while there is no label map yet. */
  classAt(x01: number, y01: number): ClassAtPoint | null;
  /** Who made the latest labels; after a switch it stays the same until the next frame. */
  paintedBy(): By | null;
  /** The current content of the canvas; null before the first frame. */
  last(): Painted | null;
  style(): OverlayStyle;
  close(): void;
}

export function createLivePicture<By extends { readonly description: Classes }>(
  view: ViewStore,
): LivePicture<By> {
  let painter: OverlayPainter | null = null;
  let paintedBy: By | null = null;

  const style = (): OverlayStyle => {
    const { opacity01, outlines, background, isolatedClass } = view.getState();
    const colormap = colormapOf(paintedBy?.description.classList ?? null);
    return { opacity01, outlines, background, isolatedClass, colormap };
  };

  return {
    attach(canvas) {
      painter?.close();
      painter = canvas === null ? null : createOverlayPainter(canvas);
    },
    paint({ frame, labelMap }, by) {
      paintedBy = by;
      if (painter === null) frame.pixels.close();
      else painter.paint(frame.pixels, labelMap, style());
    },
    repaint: () => painter?.repaint(style()),
    classAt(x01, y01) {
      const last = painter?.last() ?? null;
      if (last === null || paintedBy === null) return null;
      return classAt(last.labelMap, paintedBy.description, x01, y01);
    },
    paintedBy: () => paintedBy,
    last: () => painter?.last() ?? null,
    style,
    close: () => painter?.close(),
  };
}
