/** The coloured label map in a form that a canvas can draw, at label resolution and without allocating per frame. */
import type { LabelMap } from '../domain/labels/label-map.ts';
import { overlayTables, rasteriseOverlay } from './overlay-raster.ts';
import type { OverlayTables } from './overlay-raster.ts';
import type { OverlayStyle } from './overlay-style.ts';

export interface OverlayLayer {
  /** Colours the label map; rebuilds the tables only when the style has changed. */
  update(labelMap: LabelMap, style: OverlayStyle): void;
  /** Draws it over the whole of `width` x `height` pixels from (x, y): nearest neighbour, never blended labels. */
  draw(context: Context2d, x: number, y: number, width: number, height: number): void;
}

export type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A canvas at label resolution with its pixels, rewritten and drawn again for every frame. */
export interface Sheet {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
  readonly image: ImageData;
  /** The image's memory, one RGBA pixel per entry. */
  readonly pixels: Uint32Array;
}

export function createOverlayLayer(): OverlayLayer {
  let sheet: Sheet | null = null;
  let tables: { readonly style: OverlayStyle; readonly content: OverlayTables } | null = null;

  return {
    update(labelMap, style) {
      if (sheet?.image.width !== labelMap.width || sheet.image.height !== labelMap.height) {
        sheet = createSheet(labelMap.width, labelMap.height);
      }
      if (tables === null || !sameStyle(tables.style, style))
        tables = { style, content: overlayTables(style) };
      rasteriseOverlay(labelMap, tables.content, sheet.pixels);
      sheet.context.putImageData(sheet.image, 0, 0);
    },
    draw(context, x, y, width, height) {
      if (sheet === null) return;
      context.imageSmoothingEnabled = false;
      context.drawImage(sheet.canvas, x, y, width, height);
      context.imageSmoothingEnabled = true;
    },
  };
}

/** Every field, so that a later one cannot be forgotten. */
function sameStyle(a: OverlayStyle, b: OverlayStyle): boolean {
  return (Object.keys(a) as (keyof OverlayStyle)[]).every((field) => a[field] === b[field]);
}

/** @throws Error when the browser gives no 2D context */
export function createSheet(width: number, height: number): Sheet {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The browser gives no 2D context.');
  const image = new ImageData(width, height);
  return { canvas, context, image, pixels: new Uint32Array(image.data.buffer) };
}
