/** Computes at import everything that depends only on constants, instead of once per frame. */
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
