/** Composes the picture of a comparison: both sides and their agreement, their figures, on white paper. */
import type { TimingRow } from '../domain/measuring/timing-snapshot.ts';
import { drawSheet, type WrapLines } from './report-sheet.ts';
import { INK, SHEET, SHEET_SCALE, TYPE, type Block } from './report-sheet.ts';
import { tableBlock } from './report-table.ts';

export interface ComparedSide {
  /** "Browser: wasm", "Agent: Edge TPU". */
  readonly caption: string;
  /** As shown on the page, overlay included; null: nothing was painted. */
  readonly picture: CanvasImageSource & { readonly width: number; readonly height: number };
}

export interface CompanionContent {
  readonly title: string;
  /** A bold warning above everything: a test double is not an Edge TPU; null if there is nothing to warn of. */
  readonly warning: string | null;
  /** Two or three, drawn in one row. */
  readonly pictures: readonly ComparedSide[];
  /** One line each: agreement, who is faster. */
  readonly figures: readonly string[];
  readonly tables: readonly { readonly caption: string; readonly rows: readonly TimingRow[] }[];
  readonly configurationLines: readonly string[];
}

const COLUMN_GAP = 12;
const CAPTION_HEIGHT = 20;

/** PNG, 720 CSS px wide, as high as its content needs. @throws ProblemError screenshot-failed */
export async function drawCompanionPicture(content: CompanionContent, scale = SHEET_SCALE): Promise<Blob> {
  return drawSheet((text) => blocksOf(content, text), scale);
}

function blocksOf(content: CompanionContent, text: WrapLines): readonly Block[] {
  return [
    ...(content.warning === null ? [] : [text([content.warning], TYPE.title, INK.text, 26)]),
    text([content.title], TYPE.title, INK.text, 26),
    picturesBlock(content.pictures),
    text(content.figures, TYPE.body, INK.text, 19),
    ...content.tables.flatMap(({ caption, rows }) => [
      text([caption], TYPE.strong, INK.text, 19),
      rows.length === 0 ? text(['No frame was measured yet.'], TYPE.body, INK.muted, 19) : tableBlock(rows),
    ]),
    text(content.configurationLines, TYPE.small, INK.muted, 16),
  ];
}

function picturesBlock(sides: readonly ComparedSide[]): Block {
  const width = (SHEET.content - COLUMN_GAP * (sides.length - 1)) / sides.length;
  const heights = sides.map(({ picture }) => (picture.height * width) / picture.width);
  return {
    height: CAPTION_HEIGHT + Math.max(0, ...heights),
    draw(context, x, y) {
      context.font = TYPE.strong;
      context.fillStyle = INK.text;
      context.imageSmoothingQuality = 'high';
      sides.forEach(({ caption, picture }, i) => {
        const left = x + i * (width + COLUMN_GAP);
        context.fillText(caption, left, y + CAPTION_HEIGHT / 2, width);
        context.drawImage(picture, left, y + CAPTION_HEIGHT, width, heights[i] as number);
      });
    },
  };
}
