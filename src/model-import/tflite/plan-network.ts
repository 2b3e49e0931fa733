/** Translates a float graph into TensorFlow Lite operators, so that LiteRT.js can run it. */
import { GraphError } from '../graph-error.ts';
import type { Graph } from '../graph.ts';
import { pruned } from '../graph-order.ts';
import { knownGraph } from '../known-graph.ts';
import { planNode } from './plan-node.ts';
import { NetworkPlan } from './network-plan.ts';
import type { PlannedNetwork } from './network.types.ts';

export interface PlannedGraph {
  readonly network: PlannedNetwork;
  readonly gridHeight: number;
  readonly gridWidth: number;
  readonly classes: number;
}

/**
 * @param graph converted or as published, float.
 * @param side of the square picture, px; a .tflite has one size.
 * @throws GraphError unsupported, naming the operation without a counterpart; damaged
 */
export function planNetwork(graph: Graph, inputName: string, logitsName: string, side: number): PlannedGraph {
  const needed = pruned(graph, [logitsName]);
  const picture = [1, side, side, 3];
  const known = knownGraph(needed, picture);
  const [batch, gridHeight, gridWidth, classes, ...more] = known.shapes.get(logitsName) ?? [];
  if (
    batch !== 1 ||
    gridHeight === undefined ||
    gridWidth === undefined ||
    classes === undefined ||
    more.length > 0
  ) {
    throw new GraphError('unsupported', `the shape of its logits is unknown at ${side} x ${side}`);
  }
  const plan = new NetworkPlan(known);
  const input = plan.declare(inputName, picture);
  for (const node of needed.nodes) {
    if (node.name !== inputName && !known.constants.has(node.name)) planNode(node, plan);
  }
  const network = { ...plan.network(), input, output: plan.index(logitsName) };
  return { network, gridHeight, gridWidth, classes };
}
