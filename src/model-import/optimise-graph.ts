/** Makes a DeepLab graph fast: runs all passes, in the one order in which each finds what the others left. */
import type { DeeplabGraph } from './deeplab-graph.ts';
import type { Graph, PassResult } from './graph.ts';
import { pruned } from './graph-order.ts';
import type { GraphPadding } from '../catalogue/catalogue.ts';
import { inputSizes } from './input-sizes.ts';
import type { InputSizes } from './input-sizes.ts';
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
import { takePreprocessingOut } from './passes/take-preprocessing-out.ts';

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
