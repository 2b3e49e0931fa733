/** Paints picture and overlay on the page's canvas and keeps them, so that it can repaint them in another style. */
import type { LabelMap } from '../domain/labels/label-map.ts';
import { createOverlayLayer } from './overlay-layer.ts';
import type { OverlayStyle } from './overlay-style.ts';

/** Longest side of the canvas, px: more than a page shows, but small enough that a huge picture costs no more. */
export const CANVAS_LIMIT = 1280;

/** The content of the canvas. */
export interface Painted {
  /** The picture in its own size; the painter closes it. */
  readonly pixels: ImageBitmap;
  readonly labelMap: LabelMap;
  /** Canvas pixels per picture pixel, at most 1. */
  readonly scale: number;
}

export interface OverlayPainter {
  /** Takes over the pixels and closes them when the next picture comes, or immediately on an error. */
  paint(pixels: ImageBitmap, labelMap: LabelMap, style: OverlayStyle): void;
  /** Paints the last frame again; does nothing before the first. */
  repaint(style: OverlayStyle): void;
  last(): Painted | null;
  /** Releases the last picture; the canvas still shows it. May be called twice. */
  close(): void;
}

/** @throws Error when the canvas has a context of another kind */
export function createOverlayPainter(canvas: HTMLCanvasElement): OverlayPainter {
  // The picture covers the whole canvas, so that the page never has to blend it.
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('The canvas has no 2D context to give.');
  const layer = createOverlayLayer();
  let painted: Painted | null = null;
  let closed = false;

  function draw(frame: Painted, style: OverlayStyle): void {
    const width = Math.max(1, Math.round(frame.pixels.width * frame.scale));
    const height = Math.max(1, Math.round(frame.pixels.height * frame.scale));
    layer.update(frame.labelMap, style);
    // Setting a size, even the same, clears the canvas and would flicker.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    if (context === null) return;
    // Clears the previous picture, which would show through where this one has alpha.
    context.globalCompositeOperation = 'copy';
    context.drawImage(frame.pixels, 0, 0, width, height);
    context.globalCompositeOperation = 'source-over';
    layer.draw(context, 0, 0, width, height);
  }

  return {
    paint(pixels, labelMap, style) {
      if (closed) {
        pixels.close();
        return;
      }
      // Checked before touching the canvas, so that the last good picture stays on it.
      if (pixels.width === 0) throw new Error('A picture that was closed cannot be painted.');
      const scale = Math.min(1, CANVAS_LIMIT / Math.max(pixels.width, pixels.height));
      const next = { pixels, labelMap, scale };
      try {
        draw(next, style);
      } catch (error) {
        pixels.close();
        throw error;
      }
      if (painted !== null && painted.pixels !== pixels) painted.pixels.close();
      painted = next;
    },
    repaint(style) {
      if (painted !== null) draw(painted, style);
    },
    last: () => painted,
    close() {
      closed = true;
      painted?.pixels.close();
      painted = null;
    },
  };
}
