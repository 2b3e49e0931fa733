/** A network under construction: tensors get an index when first named; constants come from the graph. */
import { GraphError, quoted } from '../graph-error.ts';
import type { GraphNode, GraphTensor } from '../graph.ts';
import type { KnownGraph } from '../known-graph.ts';
import { bareName } from '../node-input.ts';
import type { Shape } from '../shape-inference.ts';
import type { PlannedNetwork, PlannedOperator, PlannedTensor } from './network.types.ts';

export class NetworkPlan {
  private readonly known: KnownGraph;
  private readonly tensors: PlannedTensor[] = [];
  private readonly operators: PlannedOperator[] = [];
  private readonly indices = new Map<string, number>();

  constructor(known: KnownGraph) {
    this.known = known;
  }

  network(): Pick<PlannedNetwork, 'tensors' | 'operators'> {
    return { tensors: this.tensors, operators: this.operators };
  }

  /** @throws GraphError unsupported */
  shape(name: string): Shape {
    const shape = this.known.shapes.get(bareName(name));
    if (shape === undefined) throw new GraphError('unsupported', `the shape of ${quoted(name)} is not known`);
    return shape;
  }

  /** null for computed tensors. */
  constant(name: string | undefined): GraphTensor | null {
    return name === undefined ? null : (this.known.constants.get(bareName(name)) ?? null);
  }

  /** A tensor that an operator or the picture fills. */
  declare(name: string, shape: Shape): number {
    const index = this.add(name, shape, null);
    this.indices.set(name, index);
    return index;
  }

  add(name: string, shape: Shape, data: PlannedTensor['data']): number {
    return this.tensors.push({ name, shape, data }) - 1;
  }

  /** Of a tensor that is filled already, or of a constant. @throws GraphError damaged, unsupported */
  index(input: string): number {
    const name = bareName(input);
    const known = this.indices.get(name);
    if (known !== undefined) return known;
    const tensor = this.known.constants.get(name);
    if (tensor === undefined)
      throw new GraphError('damaged', `${quoted(input)} is used before it is computed`);
    const { data, shape } = tensor;
    if (data instanceof Uint8Array) throw new GraphError('unsupported', `${quoted(input)} is not a number`);
    const index = this.add(name, shape, data);
    this.indices.set(name, index);
    return index;
  }

  /** @param name of the node with this value. */
  operate(name: string, inputs: readonly number[], options: PlannedOperator['options']): number {
    const output = this.declare(name, this.shape(name));
    this.operators.push({ inputs, output, options });
    return output;
  }

  /** An operator for a value without a node. */
  operateBetween(
    name: string,
    shape: Shape,
    inputs: readonly number[],
    options: PlannedOperator['options'],
  ): number {
    const output = this.add(name, shape, null);
    this.operators.push({ inputs, output, options });
    return output;
  }

  /** Another name for an existing tensor. */
  alias(node: GraphNode, input: string): void {
    this.indices.set(node.name, this.index(input));
  }
}
