/** Sorts nodes after their inputs, and drops unused ones. */
import type { Graph, GraphNode, GraphTensor } from './graph.ts';
import { GraphError, quoted } from './graph-error.ts';
import { bareName } from './node-input.ts';

/**
 * @param outputs names of the wanted nodes.
 * @param known names of constants, which are valid inputs too.
 * @returns the outputs and everything they need, each once, inputs first. No recursion: a file may chain any number of
 * nodes.
 * @throws GraphError damaged, naming the node that is missing or part of a cycle.
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
          throw new GraphError('damaged', `the graph has a cycle at ${quoted(from)}`);
        }
        if (!byName.has(from)) {
          throw new GraphError('damaged', `${quoted(node.name)} takes ${quoted(from)}, which is missing`);
        }
        stack.push(from);
      }
    }
  }
  return ordered;
}

/** The graph in order, without nodes that `outputs` do not need. */
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
