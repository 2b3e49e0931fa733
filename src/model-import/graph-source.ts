/** A graph as read from its file: nodes, constants among them, with values on demand. */
import type { Graph, GraphNode, GraphTensor } from './graph.ts';
import { orderNodes } from './graph-order.ts';
import { GraphError, quoted } from './graph-error.ts';
import { bareName, isControlInput } from './node-input.ts';

/** Xception65 with its decoder and training leftovers has about 3,000. */
export const NODE_LIMIT = 50_000;

/** All constants of one network together, bytes; Xception65 has 165 MB. */
const CONSTANT_BYTES_LIMIT = 768 * 1024 * 1024;

export interface GraphSource {
  readonly nodes: readonly GraphNode[];
  /** @throws GraphError if the constant's value is missing, damaged or unusable. */
  readonly constant: (name: string) => GraphTensor;
}

/**
 * Keeps what the labels need, without control inputs, assertions and other outputs.
 * @throws GraphError damaged for cycles, duplicate names and missing inputs.
 */
export function graphOf(source: GraphSource): Graph {
  const byName = new Map<string, GraphNode>();
  for (const node of source.nodes) {
    if (byName.has(node.name)) throw new GraphError('damaged', `two nodes are named ${quoted(node.name)}`);
    byName.set(node.name, {
      ...node,
      input: node.input.filter((input) => !isControlInput(input)).map((input) => input.replace(/:0$/, '')),
    });
  }
  const ordered = orderNodes([labelsOutput(byName)], byName, new Set());
  const tensors = new Map<string, GraphTensor>();
  let bytes = 0;
  for (const { name, op } of ordered) {
    if (op !== 'Const') continue;
    const tensor = source.constant(name);
    bytes += tensor.data.byteLength;
    if (bytes > CONSTANT_BYTES_LIMIT) {
      const limit = `${CONSTANT_BYTES_LIMIT / 1024 / 1024} MB`;
      throw new GraphError('unsupported', `up to ${quoted(name)} its constants take more than ${limit}`);
    }
    tensors.set(name, tensor);
  }
  return { nodes: ordered.filter(({ op }) => op !== 'Const'), tensors };
}

/** DeepLab's exporter names it; otherwise the last node after the only ArgMax. */
function labelsOutput(byName: ReadonlyMap<string, GraphNode>): string {
  if (byName.has('SemanticPredictions')) return 'SemanticPredictions';
  const argMaxes = [...byName.values()].filter(({ op }) => op === 'ArgMax');
  const [argMax] = argMaxes;
  if (argMax === undefined || argMaxes.length > 1) {
    throw new GraphError('unsupported', `it has ${argMaxes.length} ArgMax nodes instead of one`);
  }
  const next = new Map<string, string>();
  for (const node of byName.values()) {
    for (const input of node.input) next.set(bareName(input), node.name);
  }
  const seen = new Set<string>();
  let { name } = argMax;
  for (let after = next.get(name); after !== undefined && !seen.has(after); after = next.get(name)) {
    seen.add(after);
    name = after;
  }
  return name;
}
