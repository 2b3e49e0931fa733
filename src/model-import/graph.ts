/** The form of every network between reading and writing: nodes, and constants by name. */
import { bareName } from './node-input.ts';

/** A typed array over unshared memory, so that it can be transferred and hashed. */
export type TensorData = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** A constant. Row-major; float32 in a Float32Array, int32 in an Int32Array, bool in a Uint8Array of 0 and 1. */
export interface GraphTensor {
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** One operation. Constants are not nodes: an input names a node or a tensor. */
export interface GraphNode {
  readonly name: string;
  /** TensorFlow's name of the operation. */
  readonly op: string;
  /** Data inputs in order, "name" or "name:output"; without control inputs. */
  readonly input: readonly string[];
  /** As in the GraphDef JSON of a TF.js graph model: bytes in base64, int64 as strings. */
  readonly attr: Readonly<Record<string, unknown>>;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly tensors: ReadonlyMap<string, GraphTensor>;
}

/** The result of a pass: the new graph, and how often the pass applied. */
export interface PassResult {
  readonly graph: Graph;
  readonly count: number;
}

/** Number of values of a shape; 1 for a scalar. */
export function valueCount(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The consumers of each node or tensor, once per use. */
export function consumersByName(nodes: Iterable<GraphNode>): Map<string, GraphNode[]> {
  const consumers = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    for (const input of node.input) {
      const name = bareName(input);
      const known = consumers.get(name);
      if (known === undefined) consumers.set(name, [node]);
      else known.push(node);
    }
  }
  return consumers;
}
