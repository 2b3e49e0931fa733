/** Cuts the graph after its logits; upsampling and argmax are a separate fused step (domain/upsample-argmax). */
import type { DeeplabGraph } from '../deeplab-graph.ts';
import type { Graph, PassResult } from '../graph.ts';
import { GraphError, quoted } from '../graph-error.ts';
import { pruned } from '../graph-order.ts';

/**
 * An ArgMax directly after the logits stays as a marker: it is not run, but it shows readers of the graph where the
 * scores are.
 * @throws GraphError unsupported if ArgMax does not run over the classes.
 */
export function cutAtLogits(graph: Graph, { logitsName }: DeeplabGraph): PassResult {
  const argMax = graph.nodes.find(({ op }) => op === 'ArgMax');
  if (argMax === undefined) throw new GraphError('unsupported', 'it has no ArgMax');
  const axisName = argMax.input[1] ?? '';
  const axis = graph.tensors.get(axisName)?.data[0];
  if (axis !== 3 && axis !== -1) {
    throw new GraphError('unsupported', `${quoted(argMax.name)} does not run over the classes`);
  }
  const marked = { ...argMax, input: [logitsName, axisName] };
  const nodes = graph.nodes.map((node) => (node === argMax ? marked : node));
  const cut = pruned({ nodes, tensors: graph.tensors }, [argMax.name]);
  return { graph: cut, count: graph.nodes.length - cut.nodes.length };
}
