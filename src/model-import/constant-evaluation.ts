/** Computes a node whose inputs are all constant. */
import { attrInt, attrType } from './attribute.ts';
import type { GraphNode, GraphTensor } from './graph.ts';
import { valueCount } from './graph.ts';
import { axisOf, broadcastShape, inferShape } from './shape-inference.ts';

/** Constant arithmetic computes batch norm and shapes; its results are never larger than a weight. */
const VALUE_LIMIT = 16 * 1024 * 1024;

type Binary = (a: number, b: number) => number;

const BINARY: Readonly<Record<string, Binary>> = {
  Add: (a, b) => a + b,
  AddV2: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  FloorDiv: (a, b) => Math.floor(a / b),
  Maximum: Math.max,
  Minimum: Math.min,
};

const UNARY: Readonly<Record<string, (a: number) => number>> = {
  Sqrt: Math.sqrt,
  Rsqrt: (a) => 1 / Math.sqrt(a),
  Square: (a) => a * a,
  Neg: (a) => -a,
};

/** @returns null for any other operation. */
export function evaluateConstant(node: GraphNode, inputs: readonly GraphTensor[]): GraphTensor | null {
  const [first, second] = inputs;
  if (first === undefined) return null;
  const binary = BINARY[node.op];
  if (binary !== undefined) return second === undefined ? null : elementwise(binary, first, second);
  const unary = UNARY[node.op];
  if (unary !== undefined) {
    return first.data instanceof Float32Array ? { ...first, data: first.data.map(unary) } : null;
  }
  switch (node.op) {
    case 'Identity':
      return first;
    case 'Cast':
      return cast(first, attrType(node, 'DstT'));
    case 'Reshape':
    case 'ExpandDims':
    case 'Squeeze': {
      const shape = inferShape(
        node,
        inputs.map((tensor) => ({ tensor, shape: tensor.shape })),
      );
      return shape === null || valueCount(shape) !== first.data.length ? null : { ...first, shape };
    }
    case 'Pack':
      return packed(inputs, attrInt(node, 'axis') ?? 0);
    case 'StridedSlice':
      return sliced(node, inputs);
    default:
      return null;
  }
}

function elementwise(operation: Binary, a: GraphTensor, b: GraphTensor): GraphTensor | null {
  const shape = broadcastShape(a.shape, b.shape);
  if (shape === null || a.dtype !== b.dtype || a.dtype === 'bool') return null;
  const count = valueCount(shape);
  if (count > VALUE_LIMIT) return null;
  const data = a.dtype === 'int32' ? new Int32Array(count) : new Float32Array(count);
  const aSteps = stepsOf(a.shape, shape);
  const bSteps = stepsOf(b.shape, shape);
  const at = new Array<number>(shape.length).fill(0);
  for (let i = 0, ai = 0, bi = 0; i < count; i++) {
    data[i] = operation(a.data[ai] as number, b.data[bi] as number);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at[axis] = (at[axis] as number) + 1;
      ai += aSteps[axis] as number;
      bi += bSteps[axis] as number;
      const side = shape[axis] as number;
      if (at[axis] !== side) break;
      at[axis] = 0;
      ai -= side * (aSteps[axis] as number);
      bi -= side * (bSteps[axis] as number);
    }
  }
  return data instanceof Int32Array ? { dtype: 'int32', shape, data } : { dtype: 'float32', shape, data };
}

/** How far one step along each axis of `shape` moves in a tensor that is broadcast to it. */
function stepsOf(own: readonly number[], shape: readonly number[]): readonly number[] {
  const missing = shape.length - own.length;
  return shape.map((_, axis) => {
    const side = own[axis - missing] ?? 1;
    return side === 1 ? 0 : valueCount(own.slice(axis - missing + 1));
  });
}

function cast(tensor: GraphTensor, type: string | null): GraphTensor | null {
  const { shape, data } = tensor;
  if (type === 'DT_FLOAT') return { dtype: 'float32', shape, data: Float32Array.from(data) };
  if (type === 'DT_INT32' || type === 'DT_INT64') {
    return { dtype: 'int32', shape, data: Int32Array.from(data, Math.trunc) };
  }
  return null;
}

function packed(inputs: readonly GraphTensor[], axis: number): GraphTensor | null {
  const [first] = inputs;
  if (first?.dtype !== 'int32' || axisOf(axis, first.shape.length + 1) !== 0) return null;
  const alike = inputs.every(({ dtype, data }) => dtype === 'int32' && data.length === first.data.length);
  const count = inputs.length * first.data.length;
  if (!alike || count > VALUE_LIMIT) return null;
  const data = new Int32Array(count);
  inputs.forEach((tensor, i) => data.set(tensor.data, i * first.data.length));
  return { dtype: 'int32', shape: [inputs.length, ...first.shape], data };
}

/** Only of vectors, as in shape arithmetic. */
function sliced(node: GraphNode, inputs: readonly GraphTensor[]): GraphTensor | null {
  const [vector, begins, ends, steps] = inputs;
  if (vector?.shape.length !== 1) return null;
  if (begins?.data.length !== 1 || ends?.data.length !== 1 || steps?.data[0] !== 1) return null;
  const masks = ['ellipsis_mask', 'new_axis_mask'].some((key) => (attrInt(node, key) ?? 0) !== 0);
  if (masks) return null;
  const length = vector.data.length;
  const from = (position: number) =>
    Math.max(0, Math.min(length, position < 0 ? position + length : position));
  const begin = attrInt(node, 'begin_mask') === 1 ? 0 : from(begins.data[0] as number);
  if (attrInt(node, 'shrink_axis_mask') === 1) {
    if (begin >= length) return null;
    return { ...vector, shape: [], data: vector.data.slice(begin, begin + 1) };
  }
  const end = attrInt(node, 'end_mask') === 1 ? length : from(ends.data[0] as number);
  const data = vector.data.slice(begin, Math.max(begin, end));
  return { ...vector, shape: [data.length], data };
}
