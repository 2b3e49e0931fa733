/** The edits that passes make; each returns a new graph. */
import type { Graph, GraphNode, GraphTensor } from './graph.ts';
import { bareName } from './node-input.ts';

/** A graph being edited: nodes by name in order, tensors by name. */
export interface GraphDraft {
  readonly nodes: Map<string, GraphNode>;
  readonly tensors: Map<string, GraphTensor>;
}

export function draftOf(graph: Graph): GraphDraft {
  return {
    nodes: new Map(graph.nodes.map((node) => [node.name, node])),
    tensors: new Map(graph.tensors),
  };
}

export function graphOfDraft({ nodes, tensors }: GraphDraft): Graph {
  return { nodes: [...nodes.values()], tensors };
}

/** Adds a tensor under an unused name like `wanted`. */
export function addTensor(draft: GraphDraft, wanted: string, tensor: GraphTensor): string {
  const name = freshName(draft, wanted);
  draft.tensors.set(name, tensor);
  return name;
}

export function freshName({ nodes, tensors }: GraphDraft, wanted: string): string {
  let name = wanted;
  for (let i = 1; nodes.has(name) || tensors.has(name); i++) name = `${wanted}_${i}`;
  return name;
}

/** Removes each node in `aliases` and connects its consumers to its replacement; chains are followed. */
export function withoutAliases(graph: Graph, aliases: ReadonlyMap<string, string>): Graph {
  const resolve = (input: string): string => {
    let name = input;
    const seen = new Set<string>();
    for (let next = aliases.get(name); next !== undefined && !seen.has(name); next = aliases.get(name)) {
      seen.add(name);
      name = next;
    }
    return name;
  };
  return {
    nodes: graph.nodes
      .filter(({ name }) => !aliases.has(name))
      .map((node) => ({ ...node, input: node.input.map(resolve) })),
    tensors: graph.tensors,
  };
}

/** The only consumer of `name`; null if several inputs take it. */
export function onlyConsumer(
  consumers: ReadonlyMap<string, readonly GraphNode[]>,
  name: string,
): GraphNode | null {
  const all = consumers.get(name) ?? [];
  return all.length === 1 ? (all[0] ?? null) : null;
}

/** The input of a two-input node that is not `name`; null if both are, or if there are not two. */
export function otherInput(node: GraphNode, name: string): string | null {
  if (node.input.length !== 2) return null;
  const others = node.input.filter((input) => bareName(input) !== name);
  return others.length === 1 ? (others[0] ?? null) : null;
}
