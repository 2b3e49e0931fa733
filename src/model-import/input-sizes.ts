/** At which sizes a network runs, told from the shapes that its graph gives there. */
import type { Graph } from './graph.ts';
import type { GraphPadding } from '../catalogue/catalogue.ts';
import { knownGraph } from './known-graph.ts';
import type { FixedShape } from './passes/take-preprocessing-out.ts';

/** Sizes of the form 16 k + 1 at which a network without fixed sizes is offered, px. */
const OFFERED_SIZES = [257, 385, 513];
/** More of them for networks that were made for larger pictures (Cityscapes: 1025 x 2049). */
const LARGE_SIZES = [769, 1025];

export interface InputSizes {
  /** Sides of the square input, px, ascending; empty where it runs at no square. */
  readonly offered: readonly number[];
  /** Those at which the network as published runs too, so that both can be compared. */
  readonly comparable: readonly number[];
}

/** @param fixedShape of the network as published; null where it takes any. */
export function inputSizes(
  graph: Graph,
  logitsName: string,
  padding: GraphPadding,
  fixedShape: FixedShape | null,
): InputSizes {
  if (fixedShape === null) return { offered: OFFERED_SIZES, comparable: OFFERED_SIZES };
  const { height, width } = fixedShape;
  const comparable = height === width ? [height] : [];
  if (padding.kind === 'inside') return { offered: comparable, comparable };
  const grid = gridOf(graph, logitsName, height, width);
  const larger = Math.max(height, width) > Math.max(...OFFERED_SIZES) ? LARGE_SIZES : [];
  const fitting = [...OFFERED_SIZES, ...larger].filter((side) => {
    const [rows, columns] = gridOf(graph, logitsName, side, side) ?? [];
    const expected = 1 + ((side - 1) * ((grid?.[0] ?? 0) - 1)) / (height - 1);
    return rows === expected && columns === expected;
  });
  const offered = [...new Set([...fitting, ...comparable])].sort((a, b) => a - b);
  return { offered, comparable };
}

/** Rows and columns of the logits; null where the graph does not fit. */
function gridOf(
  graph: Graph,
  logitsName: string,
  height: number,
  width: number,
): readonly [number, number] | null {
  const { shapes } = knownGraph(graph, [1, height, width, 3]);
  // What is enlarged to a size of its own fits beside the others at one size only.
  const fits = graph.nodes.every(({ op, input }) => {
    const parts = op === 'ConcatV2' ? input.slice(0, -1).map((name) => shapes.get(name)) : [];
    return parts.every((part) => part?.[1] === parts[0]?.[1] && part?.[2] === parts[0]?.[2]);
  });
  if (!fits) return null;
  const shape = shapes.get(logitsName);
  const [, rows, columns] = shape ?? [];
  return shape?.length === 4 && rows !== undefined && columns !== undefined ? [rows, columns] : null;
}
