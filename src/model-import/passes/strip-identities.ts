/** Removes identities and leftovers of training. */
import type { Graph, PassResult } from '../graph.ts';
import { withoutAliases } from '../graph-editing.ts';

/** Dropout, switched off for inference, is exported as Identity. */
const SAME_OUT_AS_IN = new Set([
  'Identity',
  'StopGradient',
  'PreventGradient',
  'CheckNumerics',
  'Snapshot',
  'PlaceholderWithDefault',
]);

export function stripIdentities(graph: Graph): PassResult {
  const aliases = new Map<string, string>();
  for (const { name, op, input } of graph.nodes) {
    const [from] = input;
    if (SAME_OUT_AS_IN.has(op) && from !== undefined) aliases.set(name, from);
  }
  return { graph: withoutAliases(graph, aliases), count: aliases.size };
}
