/** Makes a DeepLab graph fast by running all passes; each relies on the ones before it. */
import type { DeeplabGraph } from './deeplab-graph.ts';
import type { Graph, PassResult } from './graph.ts';
import { pruned } from './graph-order.ts';
import type { GraphPadding } from '../catalogue/catalogue.ts';
import { cutAtLogits } from './passes/cut-at-logits.ts';
import { dropIdentityResizes } from './passes/drop-identity-resizes.ts';
import { foldConstants } from './passes/fold-constants.ts';
import { foldDilation } from './passes/fold-dilation.ts';
import { foldPadding } from './passes/fold-padding.ts';
import { foldScale } from './passes/fold-scale.ts';
import { fuseConvolutions } from './passes/fuse-convolutions.ts';
import { lowerBatchNorm } from './passes/lower-batch-norm.ts';
import { moveOffsets } from './passes/move-offsets.ts';
import { globalPoolAsMean } from './passes/global-pool-as-mean.ts';
import { pooledBranchAsBias } from './passes/pooled-branch-as-bias.ts';
import { stripIdentities } from './passes/strip-identities.ts';
import { takePreprocessingOut, type FixedShape } from './passes/take-preprocessing-out.ts';
import { knownGraph } from './known-graph.ts';

export interface OptimisedGraph {
  readonly graph: Graph;
  readonly padding: GraphPadding;
  readonly sizes: InputSizes;
  readonly logitsName: string;
  readonly folded: readonly { readonly pass: string; readonly count: number }[];
}

/** @throws GraphError unsupported */
export function optimiseGraph(source: Graph, deeplab: DeeplabGraph): OptimisedGraph {
  const folded: { readonly pass: string; readonly count: number }[] = [];
  let graph = source;
  let output = '';
  const run = <Result extends PassResult>(name: string, pass: (graph: Graph) => Result): Result => {
    const result = pass(graph);
    graph = pruned(result.graph, [output]);
    if (result.count > 0) folded.push({ pass: name, count: result.count });
    return result;
  };
  output = source.nodes.find(({ op }) => op === 'ArgMax')?.name ?? '';
  run('cut behind the logits', (all) => cutAtLogits(all, deeplab));
  run('identities', stripIdentities);
  run('constants', foldConstants);
  const { padding, fixedShape } = run('pre-processing', takePreprocessingOut);
  run('batch norms', lowerBatchNorm);
  run('dilated convolutions', foldDilation);
  run('paddings', foldPadding);
  run('offsets behind sums', moveOffsets);
  run('scales and offsets', foldScale);
  run('fused convolutions', fuseConvolutions);
  if (fixedShape !== null) {
    const inputShape = [1, fixedShape.height, fixedShape.width, 3];
    run('pooled branch', (all) => pooledBranchAsBias(all, inputShape));
    run('resizes to the same size', (all) => dropIdentityResizes(all, inputShape));
    run('pools over the whole map', (all) => globalPoolAsMean(all, inputShape));
  }
  const logitsName = graph.nodes.find(({ name }) => name === output)?.input[0] ?? '';
  const sizes = inputSizes(graph, logitsName, padding, fixedShape);
  return { graph, padding, sizes, logitsName, folded };
}

/** Sizes of the form 16 k + 1 offered for a network without fixed sizes, px. */
const OFFERED_SIZES = [257, 385, 513];
/** Additional sizes for networks for larger pictures (Cityscapes: 1025 x 2049). */
const LARGE_SIZES = [769, 1025];

interface InputSizes {
  /** Sides of the square input, px, ascending; empty if it runs at no square size. */
  readonly offered: readonly number[];
  /** Those at which the published network runs too, so that both can be compared. */
  readonly comparable: readonly number[];
}

/** @param fixedShape of the network as published; null if it takes any. */
function inputSizes(
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

/** Rows and columns of the logits; null if the graph does not fit. */
function gridOf(
  graph: Graph,
  logitsName: string,
  height: number,
  width: number,
): readonly [number, number] | null {
  const { shapes } = knownGraph(graph, [1, height, width, 3]);
  // A branch enlarged to a fixed size matches the other branches at one input size only.
  const fits = graph.nodes.every(({ op, input }) => {
    const parts = op === 'ConcatV2' ? input.slice(0, -1).map((name) => shapes.get(name)) : [];
    return parts.every((part) => part?.[1] === parts[0]?.[1] && part?.[2] === parts[0]?.[2]);
  });
  if (!fits) return null;
  const shape = shapes.get(logitsName);
  const [, rows, columns] = shape ?? [];
  return shape?.length === 4 && rows !== undefined && columns !== undefined ? [rows, columns] : null;
}
