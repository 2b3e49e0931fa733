/** Removes resizes to the same size, which DeepLab's exporter writes. */
import type { Graph, PassResult } from '../graph.ts';
import { withoutAliases } from '../graph-editing.ts';
import { knownGraph } from '../known-graph.ts';
import type { Shape } from '../shape-inference.ts';

/** @param inputShape the only shape that the network's fixed sizes fit. */
export function dropIdentityResizes(graph: Graph, inputShape: Shape): PassResult {
  const { shapes } = knownGraph(graph, inputShape);
  const aliases = new Map<string, string>();
  for (const { name, op, input } of graph.nodes) {
    const [from] = input;
    if ((op !== 'ResizeBilinear' && op !== 'ResizeNearestNeighbor') || from === undefined) continue;
    const before = shapes.get(from);
    const behind = shapes.get(name);
    if (before === undefined || behind === undefined) continue;
    if (before.length === behind.length && before.every((side, i) => side === behind[i])) {
      aliases.set(name, from);
    }
  }
  return { graph: withoutAliases(graph, aliases), count: aliases.size };
}
