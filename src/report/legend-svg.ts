/** The legend of the label maps: every class with its colour. */
import { colormapOf, cssColor } from '../domain/labels/colormap.ts';
import type { SegmenterDescription } from '../domain/measuring/configuration.ts';
import { VOID_LABEL } from '../domain/labels/label-map.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { element, GRID, label, svgDocument } from './svg.ts';

const COLUMNS = 4;
const COLUMN_WIDTH = 180;
const ROW_HEIGHT = 24;
const MARGIN = 16;

/** The meaning of a label map's indices. */
export type Classes = Pick<SegmenterDescription, 'classList' | 'classNames'>;

/** One legend per list of classes among the runs: "legend", or "legend-voc" and so on if there are several. */
export function legendsOf(
  runs: readonly RunRecord[],
): readonly { readonly name: string; readonly svg: string }[] {
  const lists = new Map(runs.map(({ configuration: { segmenter } }) => [keyOf(segmenter), segmenter]));
  return [...lists].map(([key, classes]) => ({
    name: lists.size === 1 ? 'legend' : `legend-${key}`,
    svg: legendSvg(classes),
  }));
}

/** Lists of numbered classes differ only in their count. */
const keyOf = ({ classList, classNames }: Classes) => classList ?? `${classNames.length}-classes`;

/** Every class by index; void is added at the end. */
export function legendSvg({ classList, classNames }: Classes): string {
  const colormap = colormapOf(classList);
  const entries = [
    ...classNames.map((name, index) => ({ index, name })),
    { index: VOID_LABEL, name: 'void: not counted' },
  ];
  const rows = Math.ceil(entries.length / COLUMNS);
  return svgDocument('legend', {
    width: COLUMNS * COLUMN_WIDTH + 2 * MARGIN,
    height: rows * ROW_HEIGHT + 2 * MARGIN,
    title: 'Classes and their colours',
    description: entries.map(({ index, name }) => `${index} ${name}`).join(', '),
    content: entries.flatMap(({ index, name }, i) => {
      const x = MARGIN + Math.floor(i / rows) * COLUMN_WIDTH;
      const y = MARGIN + (i % rows) * ROW_HEIGHT;
      const fill = cssColor(colormap[index] ?? [0, 0, 0]);
      return [
        element('rect', { x, y, width: 16, height: 16, fill, stroke: GRID }),
        label(x + 24, y + 13, `${index} ${name}`),
      ];
    }),
  });
}
