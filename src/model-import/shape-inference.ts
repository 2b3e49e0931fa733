/** Infers the shape of a node's output from the shapes of its inputs and the constants among them. */
import { attrFlag, attrInt, attrInts } from './attribute.ts';
import type { GraphNode, GraphTensor } from './graph.ts';
import { valueCount } from './graph.ts';
import { lengthBehind, poolSize, windowGeometry } from './window-geometry.ts';

export type Shape = readonly number[];

/** One input: its shape if known, its value if constant. */
export interface KnownInput {
  readonly shape: Shape | null;
  readonly tensor: GraphTensor | null;
}

/** @returns null if the shape is unknown; a node that cannot run may still give a shape. */
export function inferShape(node: GraphNode, inputs: readonly KnownInput[]): Shape | null {
  const [first, second, third] = inputs;
  const shape = first?.shape ?? null;
  switch (node.op) {
    case 'Identity':
    case 'Cast':
    case 'Relu':
    case 'Relu6':
    case 'Sigmoid':
    case 'Tanh':
    case 'Softmax':
    case 'Sqrt':
    case 'Rsqrt':
    case 'Square':
    case 'Neg':
    case 'BiasAdd':
    case 'FusedBatchNorm':
    case 'FusedBatchNormV2':
    case 'FusedBatchNormV3':
      return shape;
    case 'Add':
    case 'AddV2':
    case 'AddN':
    case 'Sub':
    case 'Mul':
    case 'Div':
    case 'RealDiv':
    case 'FloorDiv':
    case 'Maximum':
    case 'Minimum':
      return inputs.reduce<Shape | null>(
        (all, { shape: one }) => (all === null || one === null ? null : broadcastShape(all, one)),
        [],
      );
    case 'Conv2D':
    case '_FusedConv2D':
    case 'DepthwiseConv2dNative':
    case 'FusedDepthwiseConv2dNative':
      return behindConvolution(node, shape, second?.shape ?? null);
    case 'AvgPool':
    case 'MaxPool':
      return behindWindow(node, shape, poolSize(node), shape?.[3]);
    case 'Mean':
      return reduced(shape, integersOf(second), attrFlag(node, 'keep_dims'));
    case 'ArgMax':
      return reduced(shape, integersOf(second), false);
    case 'Shape':
      return shape === null ? null : [shape.length];
    case 'Pack': {
      if (inputs.some((input) => input.shape === null) || shape === null) return null;
      const axis = axisOf(attrInt(node, 'axis') ?? 0, shape.length + 1);
      return axis === null ? null : shape.toSpliced(axis, 0, inputs.length);
    }
    case 'ExpandDims': {
      const axis = axisOf(integersOf(second)?.[0] ?? null, (shape?.length ?? 0) + 1);
      return shape === null || axis === null ? null : shape.toSpliced(axis, 0, 1);
    }
    case 'Squeeze':
      return squeezed(shape, attrInts(node, 'squeeze_dims') ?? []);
    case 'Pad':
    case 'PadV2': {
      const pads = integersOf(second);
      if (shape === null || pads?.length !== shape.length * 2) return null;
      return shape.map((side, i) => side + (pads[2 * i] as number) + (pads[2 * i + 1] as number));
    }
    case 'ResizeBilinear':
    case 'ResizeNearestNeighbor': {
      const size = integersOf(second);
      if (shape?.length !== 4 || size?.length !== 2) return null;
      return [shape[0] as number, ...size, shape[3] as number];
    }
    case 'ConcatV2':
      return concatenated(inputs);
    case 'Reshape':
      return reshaped(shape, integersOf(second));
    case 'SpaceToBatchND':
    case 'BatchToSpaceND':
      return regrouped(node.op, shape, integersOf(second), integersOf(third));
    default:
      return null;
  }
}

/** NumPy's rule; null if the sides do not fit. */
export function broadcastShape(a: Shape, b: Shape): Shape | null {
  const rank = Math.max(a.length, b.length);
  const sides: number[] = [];
  for (let i = 0; i < rank; i++) {
    const left = a[a.length - rank + i] ?? 1;
    const right = b[b.length - rank + i] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return null;
    sides.push(left === 1 ? right : left);
  }
  return sides;
}

/** Negative axes count from the end; null if there is no such axis. */
export function axisOf(axis: number | null, rank: number): number | null {
  if (axis === null || axis < -rank || axis >= rank) return null;
  return axis < 0 ? axis + rank : axis;
}

export function integersOf(input: KnownInput | undefined): readonly number[] | null {
  const tensor = input?.tensor ?? null;
  return tensor?.dtype === 'int32' ? Array.from(tensor.data) : null;
}

function behindConvolution(node: GraphNode, shape: Shape | null, weights: Shape | null): Shape | null {
  if (weights?.length !== 4) return null;
  const [height, width, inputs, outputs] = weights as readonly [number, number, number, number];
  const channels = node.op.includes('Depthwise') ? inputs * outputs : outputs;
  return behindWindow(node, shape, [height, width], channels);
}

function behindWindow(
  node: GraphNode,
  shape: Shape | null,
  kernel: readonly [number, number] | null,
  channels: number | undefined,
): Shape | null {
  const geometry = windowGeometry(node);
  if (shape?.length !== 4 || kernel === null || geometry === null || channels === undefined) return null;
  const height = lengthBehind(shape[1] as number, kernel[0], geometry, 0);
  const width = lengthBehind(shape[2] as number, kernel[1], geometry, 1);
  return height === null || width === null ? null : [shape[0] as number, height, width, channels];
}

function reduced(shape: Shape | null, axes: readonly number[] | null, keep: boolean): Shape | null {
  if (shape === null || axes === null) return null;
  const gone = new Set(axes.map((axis) => axisOf(axis, shape.length)));
  if (gone.has(null)) return null;
  return shape.flatMap((side, i) => (gone.has(i) ? (keep ? [1] : []) : [side]));
}

function squeezed(shape: Shape | null, dims: readonly number[]): Shape | null {
  if (shape === null) return null;
  const axes = new Set(dims.map((axis) => axisOf(axis, shape.length)));
  return shape.filter((side, i) => (axes.size === 0 ? side !== 1 : !axes.has(i)));
}

function concatenated(inputs: readonly KnownInput[]): Shape | null {
  const parts = inputs.slice(0, -1).map(({ shape }) => shape);
  const [first] = parts;
  if (first === undefined || first === null) return null;
  const axis = axisOf(integersOf(inputs.at(-1))?.[0] ?? null, first.length);
  if (axis === null || parts.some((part) => part?.length !== first.length)) return null;
  return first.with(
    axis,
    parts.reduce((sum, part) => sum + (part?.[axis] ?? 0), 0),
  );
}

function reshaped(shape: Shape | null, sides: readonly number[] | null): Shape | null {
  if (shape === null || sides === null) return null;
  const fixed = valueCount(sides.filter((side) => side !== -1));
  const rest = fixed === 0 ? 0 : valueCount(shape) / fixed;
  return Number.isInteger(rest) ? sides.map((side) => (side === -1 ? rest : side)) : null;
}

function regrouped(
  op: 'SpaceToBatchND' | 'BatchToSpaceND',
  shape: Shape | null,
  block: readonly number[] | null,
  borders: readonly number[] | null,
): Shape | null {
  if (shape === null || block?.length !== 2 || borders?.length !== 4 || shape.length !== 4) return null;
  const [batch, height, width, channels] = shape as readonly [number, number, number, number];
  const [bh, bw] = block as readonly [number, number];
  const [top, bottom, left, right] = borders as readonly [number, number, number, number];
  const sides =
    op === 'SpaceToBatchND'
      ? [batch * bh * bw, (height + top + bottom) / bh, (width + left + right) / bw, channels]
      : [batch / (bh * bw), height * bh - top - bottom, width * bw - left - right, channels];
  return sides.every((side) => Number.isInteger(side) && side > 0) ? sides : null;
}
