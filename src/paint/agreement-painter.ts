/**
 * Paints where two label maps of one picture differ: pixels that agree are dimmed, the others get the colour of their
 * kind.
 */
import { DIFFERENCE_COLORS, differenceOf, type Difference } from '../domain/labels/agreement-colors.ts';
import type { Rgb } from '../domain/labels/colormap.ts';
import { commonSize, LabelAgreementCounter, type LabelAgreement } from '../domain/labels/label-agreement.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import { createSheet, type Sheet } from './overlay-layer.ts';
import { CANVAS_LIMIT } from './overlay-painter.ts';

/** Opacity of the veil over pixels that agree, and of the colours over pixels that differ, 0..255. */
const VEIL_ALPHA = 150;
const DIFFERENCE_ALPHA = 225;

export interface ComparedMaps {
  readonly browser: LabelMap;
  readonly agent: LabelMap;
  /** Index of the background class; null if the list has none. */
  readonly background: number | null;
}

export interface AgreementPainter {
  /**
   * Counts and paints in one pass; the caller keeps the picture.
   * @param pixels null: only count
   */
  paint(pixels: ImageBitmap | null, maps: ComparedMaps): LabelAgreement;
}

/** @param canvas null: only count, do not paint */
export function createAgreementPainter(canvas: HTMLCanvasElement | null): AgreementPainter {
  const context = canvas?.getContext('2d', { alpha: false }) ?? null;
  const counter = new LabelAgreementCounter();
  let sheet: Sheet | null = null;

  return {
    paint(pixels, { browser, agent, background }) {
      if (canvas === null || context === null || pixels === null) return counter.compare(browser, agent);
      const { width, height } = commonSize(browser, agent);
      if (sheet?.image.width !== width || sheet.image.height !== height) sheet = createSheet(width, height);
      const raster = sheet.pixels;
      raster.fill(VEIL);
      const agreement = counter.compare(browser, agent, (at, left, right) => {
        raster[at] = FILLS[differenceOf(left, right, background)];
      });
      sheet.context.putImageData(sheet.image, 0, 0);
      draw(canvas, context, pixels, sheet.canvas);
      return agreement;
    },
  };
}

function draw(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  pixels: ImageBitmap,
  layer: OffscreenCanvas,
): void {
  const scale = Math.min(1, CANVAS_LIMIT / Math.max(pixels.width, pixels.height));
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  // Setting a size, even the same, clears the canvas and would flicker.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.imageSmoothingEnabled = true;
  // Clears the previous picture, which would show through where this one has alpha.
  context.globalCompositeOperation = 'copy';
  context.drawImage(pixels, 0, 0, width, height);
  context.globalCompositeOperation = 'source-over';
  context.imageSmoothingEnabled = false;
  context.drawImage(layer, 0, 0, width, height);
}

/** RGBA as stored in memory, independent of the machine's byte order. */
function packed([red, green, blue]: Rgb, alpha: number): number {
  return new Uint32Array(Uint8Array.of(red, green, blue, alpha).buffer)[0] as number;
}

const VEIL = packed([0, 0, 0], VEIL_ALPHA);
const FILLS: Readonly<Record<Difference, number>> = {
  'browser-only': packed(DIFFERENCE_COLORS['browser-only'], DIFFERENCE_ALPHA),
  'agent-only': packed(DIFFERENCE_COLORS['agent-only'], DIFFERENCE_ALPHA),
  'other-class': packed(DIFFERENCE_COLORS['other-class'], DIFFERENCE_ALPHA),
};
