/** The stage table of a report picture, in ms. */
import { STAGE_PALETTE } from '../domain/measuring/stage-palette.ts';
import type { TimingRow } from '../domain/measuring/timing-snapshot.ts';
import type { Context2d } from './overlay-layer.ts';
import { drawFigures, INK, SHEET, TYPE } from './report-sheet.ts';
import type { Block } from './report-sheet.ts';

const COLUMNS = ['n', 'min', 'median', 'mean', 'p90', 'p95', 'p99', 'max'] as const;
const FIRST_COLUMN = 144;
const COLUMN = (SHEET.content - FIRST_COLUMN) / COLUMNS.length;
const LINE = 20;
const SWATCH = 10;

export function tableBlock(rows: readonly TimingRow[]): Block {
  const decimals = COLUMNS.map((column) =>
    column === 'n' ? 0 : decimalsFor(Math.max(0, ...rows.map((row) => row[column]))),
  );
  return {
    height: (rows.length + 1) * LINE + 4,
    draw(context, x, y) {
      context.font = TYPE.body;
      context.fillStyle = INK.muted;
      context.fillText('ms', x, y + LINE / 2);
      COLUMNS.forEach((column, i) => {
        const width = context.measureText(column).width;
        context.fillText(column, x + FIRST_COLUMN + (i + 1) * COLUMN - width, y + LINE / 2);
      });
      drawRule(context, x, y + LINE + 1);
      rows.forEach((row, i) => {
        const middle = y + (i + 1.5) * LINE + 3;
        if (row.key === 'frame') drawRule(context, x, middle - LINE / 2);
        drawRow(context, row, x, middle, decimals);
      });
    },
  };
}

function drawRow(
  context: Context2d,
  row: TimingRow,
  x: number,
  y: number,
  decimals: readonly number[],
): void {
  if (row.key !== 'wait' && row.key !== 'frame') {
    context.fillStyle = STAGE_PALETTE[row.key].light;
    context.fillRect(x, y - SWATCH / 2, SWATCH, SWATCH);
  }
  context.font = row.key === 'frame' ? TYPE.strong : TYPE.body;
  context.fillStyle = row.key === 'wait' ? INK.muted : INK.text;
  context.fillText(TITLES[row.key] ?? row.key, row.key === 'frame' ? x : x + SWATCH + 8, y);
  COLUMNS.forEach((column, i) =>
    drawFigures(context, row[column].toFixed(decimals[i]), x + FIRST_COLUMN + (i + 1) * COLUMN, y),
  );
}

const TITLES: Partial<Record<TimingRow['key'], string>> = {
  wait: 'wait, in capture',
  frame: 'frame, in all',
};

/** The same number of decimals for a whole column, so that the decimal points align; as many as fit. */
function decimalsFor(largestMs: number): number {
  if (largestMs >= 10_000) return 0;
  return largestMs >= 1000 ? 1 : 2;
}

function drawRule(context: Context2d, x: number, y: number): void {
  context.fillStyle = INK.rule;
  context.fillRect(x, y, SHEET.content, 1);
}
