/** Computes at import what would be computed anew for every frame: all that depends on constants only. */
import type { Graph, GraphTensor, PassResult } from '../graph.ts';
import { knownGraph } from '../known-graph.ts';

export function foldConstants(graph: Graph): PassResult {
  const { constants } = knownGraph(graph, null);
  const tensors = new Map<string, GraphTensor>(graph.tensors);
  const nodes = graph.nodes.filter(({ name }) => {
    const tensor = constants.get(name);
    if (tensor === undefined) return true;
    tensors.set(name, tensor);
    return false;
  });
  return { graph: { nodes, tensors }, count: graph.nodes.length - nodes.length };
}
