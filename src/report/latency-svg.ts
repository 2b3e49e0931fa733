/** A run's latency over time with its trend line, which shows thermal drift. */
import { linearTrend } from '../domain/measuring/linear-trend.ts';
import { busyMs, DRIFT_LEAST_FRAMES } from '../domain/measuring/run-drift.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { STAGE_PALETTE } from '../domain/measuring/stage-palette.ts';
import { axisTo, axisWithin, type Axis } from './axis.ts';
import { labelOf, type RunLabels } from './run-label.ts';
import { element, FAINT_INK, GRID, INK, label, rounded, svgDocument } from './svg.ts';
import { signedMilliseconds } from './table.ts';

const WIDTH = 760;
const HEIGHT = 260;
const LEFT = 56;
const TOP = 52;
const PLOT_WIDTH = WIDTH - LEFT - 16;
const PLOT_HEIGHT = HEIGHT - TOP - 44;

/** @param order number of the run in the report, from 1 */
export function latencySvg(run: RunRecord, labels: RunLabels, order: number): string {
  const busy = busyMs(run.columns);
  const x = axisWithin(Math.max(busy.length, 1), PLOT_WIDTH, 10);
  const y = axisTo(
    busy.reduce((longest, ms) => Math.max(longest, ms), 0),
    PLOT_HEIGHT,
    5,
  );
  const name = labelOf(labels, run);
  const drift = driftLine(busy, x, y);
  return svgDocument(`latency-${order}`, {
    width: WIDTH,
    height: HEIGHT,
    title: `Latency of ${name} over its frames`,
    description: `${busy.length} frames. ${drift.words}`,
    content: [
      label(16, 20, name, { 'font-weight': 600 }),
      label(16, 38, drift.words, { fill: FAINT_INK }),
      ...grid(x, y),
      element('path', {
        d: pathOf(busy, x, y),
        fill: 'none',
        stroke: STAGE_PALETTE.inference.light,
        'stroke-width': 1,
        'stroke-linejoin': 'round',
      }),
      ...drift.line,
      label(LEFT, HEIGHT - 8, 'frame; ms without waiting for the source', { fill: FAINT_INK }),
    ],
  });
}

function grid(x: Axis, y: Axis): readonly string[] {
  const faint = { fill: FAINT_INK };
  return [
    ...y.ticks.flatMap((tick) => {
      const at = TOP + PLOT_HEIGHT - y.at(tick);
      return [
        element('line', { x1: LEFT, y1: at, x2: LEFT + PLOT_WIDTH, y2: at, stroke: GRID }),
        label(LEFT - 8, at + 4, String(tick), { ...faint, 'text-anchor': 'end' }),
      ];
    }),
    ...x.ticks
      .filter(Number.isInteger)
      .map((tick) =>
        label(LEFT + x.at(tick), TOP + PLOT_HEIGHT + 18, String(tick), { ...faint, 'text-anchor': 'middle' }),
      ),
  ];
}

/** For more frames than pixels: the shortest and the longest of each pixel column, so that no peak is lost. */
function pathOf(busy: readonly number[], x: Axis, y: Axis): string {
  const perColumn = Math.max(1, Math.ceil(busy.length / PLOT_WIDTH));
  const frames = perColumn === 1 ? busy.map((_, i) => i) : extremes(busy, perColumn);
  const points = frames.map((i) => {
    const ms = busy[i] ?? 0;
    return `${rounded(LEFT + x.at(i + 1))} ${rounded(TOP + PLOT_HEIGHT - y.at(ms))}`;
  });
  return points.length === 0 ? 'M0 0' : `M${points.join('L')}`;
}

function extremes(values: readonly number[], perColumn: number): readonly number[] {
  const columns = Array.from({ length: Math.ceil(values.length / perColumn) }, (_, i) => i * perColumn);
  return columns.flatMap((from) => {
    let [low, high] = [from, from];
    for (let i = from; i < Math.min(from + perColumn, values.length); i++) {
      if ((values[i] as number) < (values[low] as number)) low = i;
      if ((values[i] as number) > (values[high] as number)) high = i;
    }
    return low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
  });
}

function driftLine(busy: readonly number[], x: Axis, y: Axis) {
  if (busy.length < DRIFT_LEAST_FRAMES) {
    return {
      words: `Under ${DRIFT_LEAST_FRAMES} frames: too few to tell drift from noise.`,
      line: [],
    };
  }
  const frames = busy.map((_, i) => i + 1);
  const { slope, low, high, significant } = linearTrend(frames, busy);
  const meanX = (busy.length + 1) / 2;
  const meanY = busy.reduce((sum, ms) => sum + ms, 0) / busy.length;
  const point = (frame: number) => ({
    x: LEFT + x.at(frame),
    y: TOP + PLOT_HEIGHT - y.at(meanY + slope * (frame - meanX)),
  });
  const [from, to] = [point(1), point(busy.length)];
  const perThousand = (ms: number) => signedMilliseconds(ms * 1000).text;
  const words = `Slope ${perThousand(slope)} ms per 1,000 frames, 95 % interval ${perThousand(low)} to ${perThousand(high)}: ${significant ? 'a drift' : 'not distinguishable from zero'}.`;
  const line = { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: INK, 'stroke-width': 2 };
  return { words, line: [element('line', { ...line, 'stroke-dasharray': '6 4' })] };
}
