/** Cuts the graph behind its logits; upsampling and argmax are one step of our own (domain/upsample-argmax). */
import type { DeeplabGraph } from '../deeplab-graph.ts';
import type { Graph, PassResult } from '../graph.ts';
import { GraphError, quoted } from '../graph-error.ts';
import { pruned } from '../graph-order.ts';

/**
 * An ArgMax directly behind the logits stays, not to be run but to mark them: by it a reader of the graph knows where
 * the scores are and that they are scores.
 * @throws GraphError unsupported where ArgMax does not run over the classes.
 */
export function cutAtLogits(graph: Graph, { logitsName }: DeeplabGraph): PassResult {
  const argMax = graph.nodes.find(({ op }) => op === 'ArgMax');
  if (argMax === undefined) throw new GraphError('unsupported', 'it has no ArgMax');
  const axisName = argMax.input[1] ?? '';
  const axis = graph.tensors.get(axisName)?.data[0];
  if (axis !== 3 && axis !== -1) {
    throw new GraphError('unsupported', `${quoted(argMax.name)} does not look for the best class`);
  }
  const marked = { ...argMax, input: [logitsName, axisName] };
  const nodes = graph.nodes.map((node) => (node === argMax ? marked : node));
  const cut = pruned({ nodes, tensors: graph.tensors }, [argMax.name]);
  return { graph: cut, count: graph.nodes.length - cut.nodes.length };
}
