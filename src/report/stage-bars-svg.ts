/** One stacked bar per run: the median of every stage, and a mark where the median frame ends. */
import { STAGE_PALETTE } from '../domain/measuring/stage-palette.ts';
import { STAGES } from '../domain/measuring/stage-timings.ts';
import { rowOf, summariseRun } from '../domain/measuring/run-summary.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { axisTo } from './axis.ts';
import { labelOf, type RunLabels } from './run-label.ts';
import { element, FAINT_INK, GRID, INK, label, svgDocument } from './svg.ts';
import { milliseconds } from './table.ts';

const WIDTH = 760;
const MARGIN = 16;
const LEGEND_HEIGHT = 56;
const BLOCK_HEIGHT = 46;
const BAR_HEIGHT = 16;
const AXIS_HEIGHT = 36;
/** Room for the figure after the longest bar. */
const FIGURE_WIDTH = 80;

export function stageBarsSvg(runs: readonly RunRecord[], labels: RunLabels): string {
  const summaries = runs.map((run) => {
    const summary = summariseRun(run);
    const stages = STAGES.map((stage) => ({ stage, ms: rowOf(summary, stage)?.median ?? 0 }));
    const frameMs = rowOf(summary, 'frame')?.median ?? null;
    return { name: labelOf(labels, run), stages, frameMs, valid: run.validity.valid };
  });
  const longest = summaries.map(({ stages, frameMs }) =>
    Math.max(
      frameMs ?? 0,
      stages.reduce((sum, { ms }) => sum + ms, 0),
    ),
  );
  const axis = axisTo(Math.max(0, ...longest), WIDTH - 2 * MARGIN - FIGURE_WIDTH);
  const bottom = LEGEND_HEIGHT + runs.length * BLOCK_HEIGHT;

  const grid = axis.ticks.flatMap((tick) => {
    const x = MARGIN + axis.at(tick);
    return [
      element('line', { x1: x, y1: LEGEND_HEIGHT, x2: x, y2: bottom, stroke: GRID }),
      label(x, bottom + 16, String(tick), { fill: FAINT_INK, 'text-anchor': 'middle' }),
    ];
  });
  const bars = summaries.flatMap(({ name, stages, frameMs, valid }, i) => {
    const top = LEGEND_HEIGHT + i * BLOCK_HEIGHT;
    const y = top + 20;
    let x = MARGIN;
    const parts = stages
      .filter(({ ms }) => ms > 0)
      .map(({ stage, ms }) => {
        const width = axis.at(ms);
        const title = element('title', {}, `${stage} ${milliseconds(ms).text} ms`);
        const part = element(
          'rect',
          { x, y, width, height: BAR_HEIGHT, fill: STAGE_PALETTE[stage].light },
          title,
        );
        x += width;
        return part;
      });
    const end = MARGIN + axis.at(frameMs ?? 0);
    const figure = frameMs === null ? 'no frame' : `${milliseconds(frameMs).text} ms`;
    const mark = { x1: end, y1: y - 3, x2: end, y2: y + BAR_HEIGHT + 3, stroke: INK, 'stroke-width': 2 };
    return [
      label(MARGIN, top + 13, name, valid ? {} : { 'font-style': 'italic' }),
      ...parts,
      element('line', mark),
      label(Math.max(end, x) + 8, y + 12, figure),
    ];
  });
  return svgDocument('stage-bars', {
    width: WIDTH,
    height: bottom + AXIS_HEIGHT,
    title: 'Median of every stage per run',
    description: summaries
      .map(({ name, frameMs }) => `${name}: frame ${milliseconds(frameMs).text} ms.`)
      .join(' '),
    content: [
      ...legend(),
      ...grid,
      ...bars,
      label(MARGIN, bottom + 32, 'ms per frame; the mark is the median of the whole frame', {
        fill: FAINT_INK,
      }),
    ],
  });
}

function legend(): readonly string[] {
  const width = (WIDTH - 2 * MARGIN) / STAGES.length;
  return STAGES.flatMap((stage, i) => {
    const x = MARGIN + i * width;
    return [
      element('rect', { x, y: 16, width: 12, height: 12, fill: STAGE_PALETTE[stage].light }),
      label(x + 18, 26, stage),
    ];
  });
}
