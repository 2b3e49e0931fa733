/** Puts nodes behind everything that they take, and leaves out what nobody takes. */
import type { Graph, GraphNode, GraphTensor } from './graph.ts';
import { GraphError, quoted } from './graph-error.ts';
import { bareName } from './node-input.ts';

/**
 * @param outputs names of the nodes that are wanted.
 * @param known names that are no nodes but may be taken (constants).
 * @returns the outputs and all that they need, each once, inputs first. Walks without recursion: a file may chain any
 *   number of nodes.
 * @throws GraphError damaged, naming the node that is missing or part of a circle.
 */
export function orderNodes(
  outputs: readonly string[],
  byName: ReadonlyMap<string, GraphNode>,
  known: { readonly has: (name: string) => boolean },
): GraphNode[] {
  const ordered: GraphNode[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const output of outputs) {
    const stack = [output];
    for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
      const node = byName.get(name);
      if (node === undefined) throw new GraphError('damaged', `there is no node ${quoted(name)}`);
      if (state.has(name)) {
        stack.pop();
        if (state.get(name) === 'open') ordered.push(node);
        state.set(name, 'done');
        continue;
      }
      state.set(name, 'open');
      for (const input of node.input) {
        const from = bareName(input);
        if (known.has(from) || state.get(from) === 'done') continue;
        if (state.get(from) === 'open') {
          throw new GraphError('damaged', `the graph runs in a circle at ${quoted(from)}`);
        }
        if (!byName.has(from)) {
          throw new GraphError('damaged', `${quoted(node.name)} takes ${quoted(from)}, which is not there`);
        }
        stack.push(from);
      }
    }
  }
  return ordered;
}

/** The graph again, in order, without what `outputs` do not need. */
export function pruned(graph: Graph, outputs: readonly string[]): Graph {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const nodes = orderNodes(outputs, byName, graph.tensors);
  const tensors = new Map<string, GraphTensor>();
  for (const node of nodes) {
    for (const input of node.input) {
      const name = bareName(input);
      const tensor = graph.tensors.get(name);
      if (tensor !== undefined) tensors.set(name, tensor);
    }
  }
  return { nodes, tensors };
}
