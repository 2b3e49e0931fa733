/** Builds small TensorFlow graphs with random weights, for tests; in the forms that publishers use. */
import { BinaryWriter, WireType, base64Decode } from '@bufbuild/protobuf/wire';
import { seededRandom } from '../../domain/measuring/seeded-random.ts';
import type { Random } from '../../domain/measuring/seeded-random.ts';
import { flagAttr, floatAttr, intAttr, intsAttr, shapeAttr, textAttr, typeAttr } from '../attribute.ts';
import { valueCount } from '../graph.ts';
import type { Graph, GraphNode, GraphTensor } from '../graph.ts';

export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  readonly tensors = new Map<string, GraphTensor>();
  private readonly random: Random;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  node(name: string, op: string, input: readonly string[], attr: GraphNode['attr'] = {}): string {
    this.nodes.push({ name, op, input, attr });
    return name;
  }

  input(dtype: 'DT_UINT8' | 'DT_FLOAT' = 'DT_FLOAT'): string {
    return this.node('ImageTensor', 'Placeholder', [], {
      dtype: typeAttr(dtype),
      shape: shapeAttr([1, -1, -1, 3]),
    });
  }

  ints(name: string, values: readonly number[], shape: readonly number[] = [values.length]): string {
    this.tensors.set(name, { dtype: 'int32', shape, data: Int32Array.from(values) });
    return name;
  }

  floats(name: string, values: readonly number[], shape: readonly number[] = [values.length]): string {
    this.tensors.set(name, { dtype: 'float32', shape, data: Float32Array.from(values) });
    return name;
  }

  /** Uniform between low and high. */
  randoms(name: string, shape: readonly number[], low = -0.5, high = 0.5): string {
    const values = Array.from({ length: valueCount(shape) }, () => low + (high - low) * this.random());
    return this.floats(name, values, shape);
  }

  conv(
    name: string,
    from: string,
    kernel: readonly [number, number, number, number],
    stride = 1,
    padding = 'SAME',
  ): string {
    // Keeps sums of many products about as large as the input.
    const reach = Math.sqrt(3 / (kernel[0] * kernel[1] * kernel[2]));
    this.randoms(`${name}/weights`, kernel, -reach, reach);
    return this.node(name, 'Conv2D', [from, `${name}/weights`], windowAttr(stride, padding));
  }

  depthwise(name: string, from: string, channels: number, stride = 1, padding = 'SAME'): string {
    this.randoms(`${name}/weights`, [3, 3, channels, 1], -0.6, 0.6);
    return this.node(name, 'DepthwiseConv2dNative', [from, `${name}/weights`], windowAttr(stride, padding));
  }

  /** SpaceToBatchND -> depthwise -> BatchToSpaceND on a map of `sides`, as TensorFlow writes a rate above 1. */
  atrousDepthwise(name: string, from: string, channels: number, rate: number, sides: Sides): string {
    const [down, right] = bothOf(sides).map((side) => (rate - ((side + 2 * rate) % rate)) % rate) as [
      number,
      number,
    ];
    this.ints(`${name}/block`, [rate, rate]);
    this.ints(`${name}/paddings`, [rate, rate + down, rate, rate + right], [2, 2]);
    this.ints(`${name}/crops`, [0, down, 0, right], [2, 2]);
    const split = this.node(`${name}/split`, 'SpaceToBatchND', [from, `${name}/block`, `${name}/paddings`]);
    const convolved = this.depthwise(`${name}/inner`, split, channels, 1, 'VALID');
    return this.node(name, 'BatchToSpaceND', [convolved, `${name}/block`, `${name}/crops`]);
  }

  batchNorm(name: string, from: string, channels: number): string {
    const part = (what: string, low: number, high: number) =>
      this.randoms(`${name}/${what}`, [channels], low, high);
    return this.node(
      name,
      'FusedBatchNorm',
      [
        from,
        part('gamma', 0.5, 1.5),
        part('beta', -0.5, 0.5),
        part('mean', -0.5, 0.5),
        part('variance', 0.5, 1.5),
      ],
      {
        T: typeAttr('DT_FLOAT'),
        data_format: textAttr('NHWC'),
        epsilon: floatAttr(0.001),
        is_training: flagAttr(false),
      },
    );
  }

  resize(name: string, from: string, sides: Sides): string {
    this.ints(`${name}/size`, [...bothOf(sides)]);
    return this.node(name, 'ResizeBilinear', [from, `${name}/size`], {
      align_corners: flagAttr(true),
      half_pixel_centers: flagAttr(false),
    });
  }

  averagePool(name: string, from: string, sides: Sides): string {
    return this.node(name, 'AvgPool', [from], {
      ...windowAttr(1, 'VALID'),
      ksize: intsAttr([1, ...bothOf(sides), 1]),
    });
  }

  concat(name: string, parts: readonly string[]): string {
    this.ints(`${name}/axis`, [3], []);
    return this.node(name, 'ConcatV2', [...parts, `${name}/axis`], { N: intAttr(parts.length) });
  }

  argMax(from: string): string {
    this.ints('ArgMax/dimension', [3], []);
    return this.node('ArgMax', 'ArgMax', [from, 'ArgMax/dimension'], { output_type: typeAttr('DT_INT64') });
  }

  graph(): Graph {
    return { nodes: this.nodes, tensors: this.tensors };
  }
}

/** Of a square, or [height, width]. */
export type Sides = number | readonly [number, number];

function bothOf(sides: Sides): readonly [number, number] {
  return typeof sides === 'number' ? [sides, sides] : sides;
}

function windowAttr(stride: number, padding: string): GraphNode['attr'] {
  return {
    T: typeAttr('DT_FLOAT'),
    data_format: textAttr('NHWC'),
    strides: intsAttr([1, stride, stride, 1]),
    dilations: intsAttr([1, 1, 1, 1]),
    padding: textAttr(padding),
  };
}

const DTYPE_NUMBERS: Readonly<Record<string, number>> = {
  DT_FLOAT: 1,
  DT_INT32: 3,
  DT_UINT8: 4,
  DT_INT64: 9,
};

/** The graph as frozen_inference_graph.pb. */
export function frozenBytes({ nodes, tensors }: Graph): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  for (const [name, tensor] of tensors) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(name);
    writer.tag(2, WireType.LengthDelimited).string('Const');
    writer.tag(5, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string('value');
    writer.tag(2, WireType.LengthDelimited).fork();
    writer.tag(8, WireType.LengthDelimited).bytes(tensorBytes(tensor));
    writer.join().join().join();
  }
  for (const { name, op, input, attr } of nodes) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(name);
    writer.tag(2, WireType.LengthDelimited).string(op);
    for (const one of input) writer.tag(3, WireType.LengthDelimited).string(one);
    for (const [key, value] of Object.entries(attr)) {
      writer.tag(5, WireType.LengthDelimited).fork();
      writer.tag(1, WireType.LengthDelimited).string(key);
      writer.tag(2, WireType.LengthDelimited).fork();
      writeAttr(writer, value as AttrJson);
      writer.join().join();
    }
    writer.join();
  }
  return new Uint8Array(writer.finish());
}

interface AttrJson {
  readonly i?: string;
  readonly s?: string;
  readonly f?: number;
  readonly b?: boolean;
  readonly type?: string;
  readonly shape?: { readonly dim: readonly { readonly size: string }[] };
  readonly list?: { readonly i: readonly string[] };
}

function writeAttr(writer: BinaryWriter, { s, i, f, b, type, shape, list }: AttrJson): void {
  if (s !== undefined) writer.tag(2, WireType.LengthDelimited).bytes(base64Decode(s));
  if (i !== undefined) writer.tag(3, WireType.Varint).int64(Number(i));
  if (f !== undefined) writer.tag(4, WireType.Bit32).float(f);
  if (b !== undefined) writer.tag(5, WireType.Varint).bool(b);
  if (type !== undefined) writer.tag(6, WireType.Varint).int32(DTYPE_NUMBERS[type] ?? 0);
  if (shape !== undefined) {
    writer.tag(7, WireType.LengthDelimited).bytes(shapeBytes(shape.dim.map(({ size }) => Number(size))));
  }
  if (list !== undefined) {
    writer.tag(1, WireType.LengthDelimited).fork().tag(3, WireType.LengthDelimited).fork();
    for (const value of list.i) writer.int64(Number(value));
    writer.join().join();
  }
}

function tensorBytes({ dtype, shape, data }: GraphTensor): Uint8Array {
  return new BinaryWriter()
    .tag(1, WireType.Varint)
    .int32(dtype === 'float32' ? 1 : 3)
    .tag(2, WireType.LengthDelimited)
    .bytes(shapeBytes(shape))
    .tag(4, WireType.LengthDelimited)
    .bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .finish();
}

export function shapeBytes(shape: readonly number[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const side of shape) {
    writer.tag(2, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int64(side).join();
  }
  return writer.finish();
}
