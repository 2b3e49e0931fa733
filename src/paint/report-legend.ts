/** The legend of a report picture: classes with colour and share, in columns. */
import { formatShare } from '../domain/quantity.ts';
import { ellipsise } from './fitted-text.ts';
import type { Context2d } from './overlay-layer.ts';
import { drawFigures, INK, SHEET, TYPE } from './report-sheet.ts';
import type { Block } from './report-sheet.ts';

export interface ReportLegendEntry {
  readonly name: string;
  /** Share of the picture's pixels, 0..1. */
  readonly share01: number;
  /** CSS colour. */
  readonly color: string;
}

const COLUMNS = 3;
const COLUMN_GAP = 24;
const COLUMN = (SHEET.content - (COLUMNS - 1) * COLUMN_GAP) / COLUMNS;
const LINE = 22;
const SWATCH = 13;
/** Room for "< 0.1 %". */
const SHARE = 56;

/** Filled column by column, in the order given. */
export function legendBlock(entries: readonly ReportLegendEntry[]): Block {
  const lines = Math.ceil(entries.length / COLUMNS);
  return {
    height: lines * LINE,
    draw(context, x, y) {
      entries.forEach((entry, i) => {
        const left = x + Math.floor(i / lines) * (COLUMN + COLUMN_GAP);
        drawEntry(context, entry, left, y + ((i % lines) + 0.5) * LINE);
      });
    },
  };
}

function drawEntry(
  context: Context2d,
  { name, share01, color }: ReportLegendEntry,
  x: number,
  y: number,
): void {
  context.fillStyle = color;
  context.fillRect(x, y - SWATCH / 2, SWATCH, SWATCH);
  context.strokeStyle = INK.rule;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y - SWATCH / 2 + 0.5, SWATCH - 1, SWATCH - 1);
  context.font = TYPE.body;
  context.fillStyle = INK.text;
  const room = COLUMN - SWATCH - 8 - SHARE;
  const measure = (text: string) => context.measureText(text).width;
  context.fillText(ellipsise(name, room, measure), x + SWATCH + 8, y);
  drawFigures(context, formatShare(share01), x + COLUMN, y);
}
