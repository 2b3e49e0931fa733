/** Reads a TensorProto: dtype, shape, and values in any of the format's encodings. */
import { WireType } from '@bufbuild/protobuf/wire';
import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { valueCount } from './graph.ts';
import type { GraphTensor } from './graph.ts';
import { GraphError } from './graph-error.ts';
import { halfToFloat } from './half-float.ts';
import { readMessage, readRepeated } from './wire-message.ts';

/** Field numbers of tensorflow/core/framework/tensor.proto. */
const FIELD = { dtype: 1, shape: 2, content: 4, float: 5, double: 6, int: 7, int64: 10, bool: 11, half: 13 };

/** Numbers of tensorflow/core/framework/types.proto, for the types that can become a tensor here. */
const DTYPE = { float: 1, double: 2, int32: 3, uint8: 4, int16: 5, int8: 6, int64: 9, bool: 10, half: 19 };
const BYTES_PER_VALUE: Readonly<Record<number, number>> = {
  [DTYPE.float]: 4,
  [DTYPE.double]: 8,
  [DTYPE.int32]: 4,
  [DTYPE.uint8]: 1,
  [DTYPE.int16]: 2,
  [DTYPE.int8]: 1,
  [DTYPE.int64]: 8,
  [DTYPE.bool]: 1,
  [DTYPE.half]: 2,
};

/** TensorFlow itself allows 254. */
const RANK_LIMIT = 32;

/**
 * A shape may claim any size with one value for all; this is the most that is filled. DeepLab's largest constants of
 * one repeated value are batch norm's, 2,048 values.
 */
const FILL_LIMIT = 4 * 1024 * 1024;

/**
 * @param bytes of the message.
 * @returns int64, small integers and half are converted to types that a Graph can hold.
 * @throws GraphError damaged if values and shape disagree; unsupported for strings and similar.
 * @throws Error if the bytes are not a protocol buffer.
 */
export function readTensorProto(bytes: Uint8Array): GraphTensor {
  const values: number[] = [];
  let dtype = 0;
  let shape: readonly number[] = [];
  let content: Uint8Array = new Uint8Array();
  readMessage(bytes, (reader, field, wire) => {
    if (field === FIELD.dtype && wire === WireType.Varint) dtype = reader.int32();
    else if (field === FIELD.shape && wire === WireType.LengthDelimited) shape = readShape(reader.bytes());
    else if (field === FIELD.content && wire === WireType.LengthDelimited) content = reader.bytes();
    else return readValues(reader, field, wire, values);
    return true;
  });
  const width = BYTES_PER_VALUE[dtype];
  if (width === undefined) throw new GraphError('unsupported', `its constant has type number ${dtype}`);
  const count = valueCount(shape);
  if (shape.some((side) => side < 0)) throw new GraphError('damaged', 'its shape has a negative side');
  if (content.length > 0) {
    if (content.length !== count * width) {
      const promised = `its shape [${shape.join(', ')}] needs ${count * width} bytes`;
      throw new GraphError('damaged', `${promised}, it has ${content.length}`);
    }
    return fromContent(dtype, shape, content);
  }
  return filled(dtype, shape, count, values);
}

/** Sides of a TensorShapeProto; -1 if a side is unknown. */
export function readShape(bytes: Uint8Array): readonly number[] {
  const sides: number[] = [];
  readMessage(bytes, (reader, field, wire) => {
    if (field !== 2 || wire !== WireType.LengthDelimited) return false;
    if (sides.length >= RANK_LIMIT) throw new Error(`a shape has more than ${RANK_LIMIT} sides`);
    sides.push(readSide(reader.bytes()));
    return true;
  });
  return sides;
}

function readSide(bytes: Uint8Array): number {
  let size = 0;
  readMessage(bytes, (reader, field, wire) => {
    if (field !== 1 || wire !== WireType.Varint) return false;
    size = Number(reader.int64());
    return true;
  });
  return size;
}

type ReadValue = (reader: BinaryReader) => number;

const READ_VALUE: Readonly<Record<number, { readonly wire: WireType; readonly read: ReadValue }>> = {
  [FIELD.float]: { wire: WireType.Bit32, read: (reader) => reader.float() },
  [FIELD.double]: { wire: WireType.Bit64, read: (reader) => reader.double() },
  [FIELD.int]: { wire: WireType.Varint, read: (reader) => reader.int32() },
  [FIELD.int64]: { wire: WireType.Varint, read: (reader) => Number(reader.int64()) },
  [FIELD.bool]: { wire: WireType.Varint, read: (reader) => Number(reader.bool()) },
  [FIELD.half]: { wire: WireType.Varint, read: (reader) => halfToFloat(reader.int32()) },
};

/** Packed or one by one: both are valid. */
function readValues(reader: BinaryReader, field: number, wire: WireType, into: number[]): boolean {
  const kind = READ_VALUE[field];
  if (kind === undefined) return false;
  const isPacked = wire === WireType.LengthDelimited;
  if (!isPacked && wire !== kind.wire) return false;
  readRepeated(reader, isPacked, (one) => {
    if (into.length >= FILL_LIMIT) throw new Error(`it lists more than ${FILL_LIMIT} values one by one`);
    into.push(kind.read(one));
  });
  return true;
}

function fromContent(dtype: number, shape: readonly number[], content: Uint8Array): GraphTensor {
  // A copy is aligned and does not keep the file in memory.
  const { buffer } = new Uint8Array(content);
  switch (dtype) {
    case DTYPE.float:
      return { dtype: 'float32', shape, data: new Float32Array(buffer) };
    case DTYPE.double:
      return { dtype: 'float32', shape, data: Float32Array.from(new Float64Array(buffer)) };
    case DTYPE.half:
      return { dtype: 'float32', shape, data: Float32Array.from(new Uint16Array(buffer), halfToFloat) };
    case DTYPE.int64:
      return { dtype: 'int32', shape, data: Int32Array.from(new BigInt64Array(buffer), toInt32) };
    case DTYPE.int16:
      return { dtype: 'int32', shape, data: Int32Array.from(new Int16Array(buffer)) };
    case DTYPE.int8:
      return { dtype: 'int32', shape, data: Int32Array.from(new Int8Array(buffer)) };
    case DTYPE.uint8:
      return { dtype: 'int32', shape, data: Int32Array.from(new Uint8Array(buffer)) };
    case DTYPE.bool:
      return { dtype: 'bool', shape, data: new Uint8Array(buffer) };
    default:
      return { dtype: 'int32', shape, data: new Int32Array(buffer) };
  }
}

/**
 * Axes and "to the end" marks are all that DeepLab writes as int64; both survive being cut to 32 bits at the limits.
 */
function toInt32(value: bigint): number {
  return Math.max(-0x80000000, Math.min(0x7fffffff, Number(value)));
}

/** Values that are missing at the end repeat the last one; without any value they are 0. */
function filled(
  dtype: number,
  shape: readonly number[],
  count: number,
  values: readonly number[],
): GraphTensor {
  if (values.length > count) {
    throw new GraphError(
      'damaged',
      `its shape [${shape.join(', ')}] holds fewer than its ${values.length} values`,
    );
  }
  if (values.length < count && count > FILL_LIMIT) {
    throw new GraphError(
      'damaged',
      `its shape [${shape.join(', ')}] promises ${count} values, it has ${values.length}`,
    );
  }
  const last = values.at(-1) ?? 0;
  const isFloat = dtype === DTYPE.float || dtype === DTYPE.double || dtype === DTYPE.half;
  if (isFloat) {
    const data = new Float32Array(count).fill(last);
    data.set(values);
    return { dtype: 'float32', shape, data };
  }
  const clamped = values.map((value) => Math.max(-0x80000000, Math.min(0x7fffffff, value)));
  if (dtype === DTYPE.bool) {
    const data = new Uint8Array(count).fill(last);
    data.set(clamped);
    return { dtype: 'bool', shape, data };
  }
  const data = new Int32Array(count).fill(last);
  data.set(clamped);
  return { dtype: 'int32', shape, data };
}
