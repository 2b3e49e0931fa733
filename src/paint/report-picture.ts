/** Composes the picture for reports: picture with overlay, legend, stage table, configuration, on white paper. */
import type { LabelMap } from '../domain/labels/label-map.ts';
import type { Rates, TimingRow } from '../domain/measuring/timing-snapshot.ts';
import { formatRate, formatShare, UNKNOWN } from '../domain/quantity.ts';
import { ellipsise } from './fitted-text.ts';
import { createOverlayLayer, type Context2d } from './overlay-layer.ts';
import type { OverlayStyle } from './overlay-style.ts';
import {
  drawFigures,
  drawSheet,
  INK,
  SHEET,
  SHEET_SCALE,
  TYPE,
  type Block,
  type WrapLines,
} from './report-sheet.ts';
import { tableBlock } from './report-table.ts';

export interface ReportContent {
  readonly title: string;
  /** The picture, unmirrored; the caller keeps it. */
  readonly pixels: ImageBitmap;
  readonly labelMap: LabelMap;
  readonly style: OverlayStyle;
  readonly legend: readonly ReportLegendEntry[];
  readonly rows: readonly TimingRow[];
  readonly rates: Rates;
  /** The model, device, input and time; one or more lines, broken if too long. */
  readonly configurationLines: readonly string[];
}

/** Maximum height of a picture, CSS px, so that sheet and table still fit on a page. */
const PICTURE_LIMIT = 600;

/**
 * PNG, 720 CSS px wide (1440 px at double density), as high as its content needs.
 * @param scale device pixels per CSS px
 * @throws ProblemError screenshot-failed
 */
export async function drawReportPicture(content: ReportContent, scale = SHEET_SCALE): Promise<Blob> {
  return drawSheet((text) => blocksOf(content, text), scale);
}

function blocksOf(content: ReportContent, text: WrapLines): readonly Block[] {
  return [
    text([content.title], TYPE.title, INK.text, 26),
    pictureBlock(content),
    legendBlock(content.legend),
    text(ratesLines(content.rates), TYPE.body, INK.text, 19),
    content.rows.length > 0
      ? tableBlock(content.rows)
      : text(['No frame was measured yet.'], TYPE.body, INK.muted, 19),
    text(content.configurationLines, TYPE.small, INK.muted, 16),
  ];
}

function pictureBlock({ pixels, labelMap, style }: ReportContent): Block {
  const scale = Math.min(SHEET.content / pixels.width, PICTURE_LIMIT / pixels.height);
  const width = pixels.width * scale;
  const height = pixels.height * scale;
  return {
    height,
    draw(context, x, y) {
      const left = x + (SHEET.content - width) / 2;
      context.imageSmoothingQuality = 'high';
      context.drawImage(pixels, left, y, width, height);
      const layer = createOverlayLayer();
      layer.update(labelMap, style);
      layer.draw(context, left, y, width, height);
    },
  };
}

/** Three rates, each under its own name, because they answer different questions. */
function ratesLines({ framesPerSecond, modelPerSecond, sourcePerSecond, skipped }: Rates): readonly string[] {
  const perSecond = (rate: number | null) => (rate === null ? UNKNOWN : `${formatRate(rate)}/s`);
  const source =
    sourcePerSecond === null ? 'still picture' : `source ${perSecond(sourcePerSecond)}, ${skipped} skipped`;
  return [
    `Frame rate end to end ${perSecond(framesPerSecond)}  ·  model rate ${perSecond(modelPerSecond)} (1000 / median inference)  ·  ${source}`,
  ];
}

interface ReportLegendEntry {
  readonly name: string;
  /** Share of the picture's pixels, 0..1. */
  readonly share01: number;
  /** CSS colour. */
  readonly color: string;
}

/** The legend's measures, CSS px. */
const COLUMNS = 3;
const COLUMN_GAP = 24;
const COLUMN = (SHEET.content - (COLUMNS - 1) * COLUMN_GAP) / COLUMNS;
const LINE = 22;
const SWATCH = 13;
/** Room for "< 0.1 %". */
const SHARE = 56;

/** Classes with colour and share, filled column by column in the order given. */
function legendBlock(entries: readonly ReportLegendEntry[]): Block {
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
