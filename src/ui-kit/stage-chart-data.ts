/** Geometry of the stacked chart: one column per frame, the newest at the right edge, a steady scale. */
import { STAGES, sumOfStages, type FrameTimings, type Stage } from '../domain/measuring/stage-timings.ts';

/** Columns of the chart. */
export const CHART_FRAMES = 120;

/** The area inside the axes, CSS px. */
export interface PlotBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface StageShapes {
  /** SVG path data per stage; '' for a stage that took no time in any frame. */
  readonly paths: Readonly<Record<Stage, string>>;
  /** x of every interruption, px. */
  readonly gaps: readonly number[];
}

/** Highest sum of stages among the frames shown, ms; 0 for none. */
export function highestFrameMs(recent: readonly FrameTimings[]): number {
  return recent
    .slice(-CHART_FRAMES)
    .reduce((highest, { stages }) => Math.max(highest, sumOfStages(stages)), 0);
}

/**
 * Stacks the stages in their order, capture at the bottom. Every frame is a column: nothing is interpolated
 * between frames.
 */
export function stageShapes(recent: readonly FrameTimings[], box: PlotBox, ceilingMs: number): StageShapes {
  const shown = recent.slice(-CHART_FRAMES);
  const columnWidth = box.width / CHART_FRAMES;
  const left = box.x + (CHART_FRAMES - shown.length) * columnWidth;
  const xOf = (index: number) => pixel(left + index * columnWidth);
  const yOf = (ms: number) => pixel(box.y + box.height * (1 - Math.min(1, ms / ceilingMs)));
  let floors = shown.map(() => 0);
  const paths = {} as Record<Stage, string>;
  for (const stage of STAGES) {
    const tops = shown.map(({ stages }, index) => (floors[index] ?? 0) + stages[stage]);
    const empty = shown.every(({ stages }) => stages[stage] === 0);
    paths[stage] = empty ? '' : outline(tops.map(yOf), floors.map(yOf), xOf);
    floors = tops;
  }
  // Before the first column there is nothing to separate.
  const gaps = shown.flatMap(({ afterGap }, index) => (afterGap && index > 0 ? [xOf(index)] : []));
  return { paths, gaps };
}

/** Along the tops to the right, back along the floors to the left. */
function outline(tops: readonly number[], floors: readonly number[], xOf: (index: number) => number): string {
  const there = tops.map((y, index) => `V${y}H${xOf(index + 1)}`);
  const back = floors.map((y, index) => `V${y}H${xOf(index)}`).reverse();
  return `M${xOf(0)} ${floors[0] ?? 0}${there.join('')}${back.join('')}Z`;
}

/** Tenths of a pixel: finer is invisible, and the paths are rebuilt four times a second. */
const pixel = (value: number) => Math.round(value * 10) / 10;

/**
 * The next of 1, 2, 4, 6, 8 x 10^k at or above `ms`: few steps, each with a round half for the middle tick. 10 if `ms`
 * is 0.
 */
export function ceilingOf(ms: number): number {
  if (!(ms > 0)) return 10;
  const decade = 10 ** Math.floor(Math.log10(ms));
  const step = [1, 2, 4, 6, 8].find((candidate) => candidate * decade >= ms);
  return (step ?? 10) * decade;
}

/** Grows at once and shrinks only if more than 40 % would stay empty, so that the scale does not flutter. */
export function steadyCeiling(ceilingMs: number, highestMs: number): number {
  return highestMs > ceilingMs || highestMs < 0.6 * ceilingMs ? ceilingOf(highestMs) : ceilingMs;
}
