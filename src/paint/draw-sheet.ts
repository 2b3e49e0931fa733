/** Stacks blocks on white paper and hands the sheet out as a PNG; wraps text to its width. */
import { ProblemError } from '../domain/problems/problem.ts';
import { wrapText } from './fitted-text.ts';
import { INK, SHEET, textBlock, type Block } from './report-sheet.ts';

/** Lines as a block, broken where they are longer than the sheet's content is wide. */
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
