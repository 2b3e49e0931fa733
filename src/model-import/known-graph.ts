/** Walks a graph in order and infers all shapes and constants. */
import { evaluateConstant } from './constant-evaluation.ts';
import type { Graph, GraphNode, GraphTensor } from './graph.ts';
import { inferShape } from './shape-inference.ts';
import type { Shape } from './shape-inference.ts';

export interface KnownGraph {
  /** By name of node or tensor. */
  readonly shapes: ReadonlyMap<string, Shape>;
  /** The graph's own tensors and those inferred from them. */
  readonly constants: ReadonlyMap<string, GraphTensor>;
}

/**
 * @param graph in order.
 * @param inputShape of the Placeholder; null if unknown; then only constants are inferred.
 */
export function knownGraph(graph: Graph, inputShape: Shape | null): KnownGraph {
  const shapes = new Map<string, Shape>();
  const constants = new Map(graph.tensors);
  for (const [name, { shape }] of graph.tensors) shapes.set(name, shape);
  for (const node of graph.nodes) {
    const tensor = constantOf(node, constants, shapes);
    if (tensor !== null) {
      constants.set(node.name, tensor);
      shapes.set(node.name, tensor.shape);
      continue;
    }
    const shape =
      node.op === 'Placeholder'
        ? inputShape
        : inferShape(
            node,
            node.input.map((name) => ({
              shape: shapes.get(name) ?? null,
              tensor: constants.get(name) ?? null,
            })),
          );
    if (shape !== null) shapes.set(node.name, shape);
  }
  return { shapes, constants };
}

function constantOf(
  node: GraphNode,
  constants: ReadonlyMap<string, GraphTensor>,
  shapes: ReadonlyMap<string, Shape>,
): GraphTensor | null {
  if (node.op === 'Shape') {
    const shape = shapes.get(node.input[0] ?? '');
    return shape === undefined
      ? null
      : { dtype: 'int32', shape: [shape.length], data: Int32Array.from(shape) };
  }
  const inputs: GraphTensor[] = [];
  for (const name of node.input) {
    const tensor = constants.get(name);
    if (tensor === undefined) return null;
    inputs.push(tensor);
  }
  return evaluateConstant(node, inputs);
}
