/** The sheet of a report picture: its measures, its fonts, and blocks stacked from top to bottom. */
import { ProblemError } from '../domain/problems/problem.ts';
import { wrapText } from './fitted-text.ts';
import type { Context2d } from './overlay-layer.ts';

/** CSS px. Printed 16 cm wide, as on A4 with margins, the body text is 8 points high. */
export const SHEET = { width: 720, margin: 40, content: 640, gap: 20 } as const;

/** Real pixels per CSS px. */
export const SHEET_SCALE = 2;

export const INK = {
  paper: '#ffffff',
  text: '#1a1d21',
  muted: '#565d65',
  rule: '#cfd4d9',
} as const;

const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';

export const TYPE = {
  title: `600 20px ${FAMILY}`,
  heading: `600 13px ${FAMILY}`,
  body: `13px ${FAMILY}`,
  strong: `600 13px ${FAMILY}`,
  small: `11px ${FAMILY}`,
} as const;

/** A part of the sheet whose height is known before drawing. */
export interface Block {
  /** CSS px. */
  readonly height: number;
  /** Draws within SHEET.content x height from (x, y). */
  draw(context: Context2d, x: number, y: number): void;
}

/** Lines of text below each other. */
function textBlock(
  lines: readonly string[],
  { font, color, lineHeight }: { readonly font: string; readonly color: string; readonly lineHeight: number },
): Block {
  return {
    height: lines.length * lineHeight,
    draw(context, x, y) {
      context.font = font;
      context.fillStyle = color;
      lines.forEach((line, i) => context.fillText(line, x, y + (i + 0.5) * lineHeight));
    },
  };
}

/**
 * Draws a right-aligned number that ends at `right`, with digits of equal width, so that columns align in any font (not
 * every browser lets a canvas use a font's tabular figures).
 */
export function drawFigures(context: Context2d, text: string, right: number, y: number): void {
  const digit = context.measureText('0').width;
  let x = right;
  for (const character of Array.from(text).reverse()) {
    const own = context.measureText(character).width;
    const advance = /\d/.test(character) ? digit : own;
    context.fillText(character, x - advance + (advance - own) / 2, y);
    x -= advance;
  }
}

/** Lines as a block, broken if they are wider than the sheet's content. */
export type WrapLines = (lines: readonly string[], font: string, color: string, lineHeight: number) => Block;

/**
 * PNG, SHEET.width CSS px wide, as high as its blocks need; blocks without height are left out.
 * @param scale device pixels per CSS px
 * @throws ProblemError screenshot-failed
 */
export async function drawSheet(
  blocksOf: (wrapped: WrapLines) => readonly Block[],
  scale: number,
): Promise<Blob> {
  const probe = contextOf(new OffscreenCanvas(1, 1));
  const blocks = blocksOf((lines, font, color, lineHeight) => {
    probe.font = font;
    const wrapped = lines.flatMap((line) =>
      wrapText(line, SHEET.content, (part) => probe.measureText(part).width),
    );
    return textBlock(wrapped, { font, color, lineHeight });
  }).filter(({ height }) => height > 0);
  const height =
    2 * SHEET.margin +
    blocks.reduce((sum, block) => sum + block.height, 0) +
    Math.max(0, blocks.length - 1) * SHEET.gap;
  const canvas = new OffscreenCanvas(SHEET.width * scale, Math.ceil(height * scale));
  const context = contextOf(canvas);
  context.scale(scale, scale);
  context.textBaseline = 'middle';
  context.fillStyle = INK.paper;
  context.fillRect(0, 0, SHEET.width, Math.ceil(height));
  let y: number = SHEET.margin;
  for (const block of blocks) {
    block.draw(context, SHEET.margin, y);
    y += block.height + SHEET.gap;
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new ProblemError({ kind: 'screenshot-failed', detail: 'no 2D context to draw on' });
  }
  return context;
}
