/** Translates one node of a graph into one or more TensorFlow Lite operators. */
import { attrFlag } from '../attribute.ts';
import { GraphError, quoted } from '../graph-error.ts';
import type { GraphNode } from '../graph.ts';
import { integersOf } from '../shape-inference.ts';
import { poolSize, windowGeometry } from '../window-geometry.ts';
import type { NetworkPlan } from './network-plan.ts';
import type { PlannedOptions } from './network.types.ts';
import { planConvolution } from './plan-convolution.ts';

/** @throws GraphError unsupported */
export function planNode(node: GraphNode, plan: NetworkPlan): void {
  const [first, second] = node.input;
  if (first === undefined) throw unsupported(node);
  switch (node.op) {
    case 'Conv2D':
    case '_FusedConv2D':
    case 'DepthwiseConv2dNative':
    case 'FusedDepthwiseConv2dNative':
      planConvolution(node, plan);
      return;
    // All values are float.
    case 'Cast':
    case 'Identity':
      plan.alias(node, first);
      return;
    case 'Relu':
      plan.operate(node.name, [plan.index(first)], { kind: 'relu' });
      return;
    case 'Relu6':
      plan.operate(node.name, [plan.index(first)], { kind: 'relu6' });
      return;
    case 'Add':
    case 'AddV2':
      planBinary(node, plan, 'add');
      return;
    case 'Mul':
      planBinary(node, plan, 'mul');
      return;
    case 'Sub':
      planBinary(node, plan, 'sub');
      return;
    case 'AvgPool':
      planPool(node, plan);
      return;
    case 'Mean': {
      const axes = integersOf({ shape: null, tensor: plan.constant(second) });
      if (axes?.join() !== '1,2' || !attrFlag(node, 'keep_dims')) throw unsupported(node);
      plan.operate(node.name, [plan.index(first), plan.index(second ?? '')], { kind: 'mean' });
      return;
    }
    case 'ResizeBilinear': {
      if (plan.constant(second)?.dtype !== 'int32') throw unsupported(node);
      plan.operate(node.name, [plan.index(first), plan.index(second ?? '')], {
        kind: 'resizeBilinear',
        alignCorners: attrFlag(node, 'align_corners'),
        halfPixelCenters: attrFlag(node, 'half_pixel_centers'),
      });
      return;
    }
    case 'ConcatV2': {
      const axis = integersOf({ shape: null, tensor: plan.constant(node.input.at(-1)) })?.[0];
      if (axis === undefined) throw unsupported(node);
      const parts = node.input.slice(0, -1).map((name) => plan.index(name));
      plan.operate(node.name, parts, { kind: 'concatenation', axis });
      return;
    }
    case 'Reshape':
    case 'Squeeze':
    case 'ExpandDims': {
      if (isPooledBias(plan.shape(first), plan.shape(node.name))) {
        plan.alias(node, first);
        return;
      }
      const shape = Int32Array.from(plan.shape(node.name));
      const sides = plan.add(`${node.name}/shape`, [shape.length], shape);
      plan.operate(node.name, [plan.index(first), sides], { kind: 'reshape' });
      return;
    }
    default:
      throw unsupported(node);
  }
}

/**
 * A pooled branch, [1, 1, 1, channels], made a list to be a bias. It is spread over the map by the last axis either
 * way, and from a list WebGPU takes another axis, without any error (LiteRT.js 2.5.3).
 */
function isPooledBias(from: readonly number[], to: readonly number[]): boolean {
  return to.length === 1 && from.length === 4 && from[3] === to[0];
}

function planBinary(node: GraphNode, plan: NetworkPlan, kind: 'add' | 'mul' | 'sub'): void {
  const inputs = node.input.map((name) => plan.index(name));
  if (inputs.length !== 2) throw unsupported(node);
  plan.operate(node.name, inputs, { kind, activation: null });
}

/** A window over the whole map is a mean, which has its own kernel. */
function planPool(node: GraphNode, plan: NetworkPlan): void {
  const geometry = windowGeometry(node);
  const size = poolSize(node);
  const [source = ''] = node.input;
  const [, height, width] = plan.shape(source);
  if (geometry === null || size === null || geometry.padding.kind === 'EXPLICIT') throw unsupported(node);
  const [, rows, columns] = plan.shape(node.name);
  const input = plan.index(source);
  if (rows === 1 && columns === 1 && size[0] === height && size[1] === width) {
    const axes = plan.add(`${node.name}/axes`, [2], Int32Array.from([1, 2]));
    plan.operate(node.name, [input, axes], { kind: 'mean' });
    return;
  }
  const { strides, dilations, padding } = geometry;
  const options: PlannedOptions = {
    kind: 'averagePool',
    window: { same: padding.kind === 'SAME', strides, dilations },
    size,
  };
  plan.operate(node.name, [input], options);
}

function unsupported(node: GraphNode): GraphError {
  return new GraphError(
    'unsupported',
    `its operation ${quoted(node.op)} (${quoted(node.name)}) has no counterpart in TensorFlow Lite`,
  );
}
