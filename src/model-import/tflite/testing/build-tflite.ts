/** Builds small .tflite files for tests: one convolution to logits, then the tail that a test asks for. */
import { Builder } from 'flatbuffers';

export interface BuiltTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Number of the schema: 0 float32, 2 int32, 3 uint8, 4 int64, 9 int8. */
  readonly type: number;
  readonly scale?: number;
  readonly zeroPoint?: number;
  readonly data?: Uint8Array;
}

export interface BuiltOperator {
  /** Number of the schema: 3 CONV_2D, 4 DEPTHWISE_CONV_2D, 23 RESIZE_BILINEAR, 32 CUSTOM, 56 ARG_MAX. */
  readonly code: number;
  readonly custom?: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Of RESIZE_BILINEAR. */
  readonly alignCorners?: boolean;
  readonly halfPixelCenters?: boolean;
}

export interface BuiltModel {
  readonly tensors: readonly BuiltTensor[];
  readonly operators: readonly BuiltOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The tensor that a signature names as its output; without it, no signature is written. */
  readonly signatureOutput?: number;
}

const CONV_2D = 3;
const RESIZE_BILINEAR = 23;
const ARG_MAX = 56;

/** Input 33x33x3, logits 3x3x4, an identity resize, a resize to 33x33 and an argmax; 8-bit as Coral's files are. */
export const TINY: BuiltModel = {
  tensors: [
    { name: 'picture', shape: [1, 33, 33, 3], type: 3, scale: 1 / 128, zeroPoint: 128 },
    { name: 'weights', shape: [4, 1, 1, 3], type: 3, scale: 0.1, zeroPoint: 100, data: new Uint8Array(12) },
    { name: 'logits', shape: [1, 3, 3, 4], type: 3, scale: 0.2, zeroPoint: 34 },
    { name: 'same', shape: [1, 3, 3, 4], type: 3, scale: 0.2, zeroPoint: 34 },
    { name: 'large', shape: [1, 33, 33, 4], type: 3, scale: 0.2, zeroPoint: 34 },
    { name: 'labels', shape: [1, 33, 33], type: 4 },
    { name: 'axis', shape: [], type: 2, data: new Uint8Array([3, 0, 0, 0]) },
  ],
  operators: [
    { code: CONV_2D, inputs: [0, 1], outputs: [2] },
    { code: RESIZE_BILINEAR, inputs: [2], outputs: [3], alignCorners: true },
    { code: RESIZE_BILINEAR, inputs: [3], outputs: [4], alignCorners: true },
    { code: ARG_MAX, inputs: [4, 6], outputs: [5] },
  ],
  inputs: [0],
  outputs: [5],
  signatureOutput: 5,
};

/** TINY with other tensors by index. */
export function tinyWith(changes: Readonly<Record<number, Partial<BuiltTensor>>>): BuiltModel {
  return { ...TINY, tensors: TINY.tensors.map((tensor, index) => ({ ...tensor, ...changes[index] })) };
}

/** TINY with other operators by index. */
export function tinyOperators(changes: Readonly<Record<number, Partial<BuiltOperator>>>): BuiltModel {
  return {
    ...TINY,
    operators: TINY.operators.map((operator, index) => ({ ...operator, ...changes[index] })),
  };
}

/** Serialises with the field numbers of the TFLite schema, version 3. */
export function buildTflite({
  tensors,
  operators,
  inputs,
  outputs,
  signatureOutput,
}: BuiltModel): Uint8Array<ArrayBuffer> {
  const b = new Builder(1024);
  const table = (fields: number, fill: () => void) => {
    b.startObject(fields);
    fill();
    return b.endObject();
  };
  const vector = (offsets: readonly number[]) => {
    b.startVector(4, offsets.length, 4);
    for (const offset of offsets.toReversed()) b.addOffset(offset);
    return b.endVector();
  };
  const ints = (values: readonly number[]) => {
    b.startVector(4, values.length, 4);
    for (const value of values.toReversed()) b.addInt32(value);
    return b.endVector();
  };
  const reference = (field: number, offset: number) => b.addFieldOffset(field, offset, 0);

  const bufferTables = [
    table(1, () => undefined),
    ...tensors.map(({ data }) => {
      const bytes = data === undefined ? 0 : b.createByteVector(data);
      return table(1, () => {
        if (bytes !== 0) reference(0, bytes);
      });
    }),
  ];
  const tensorTables = tensors.map(({ name, shape, type, scale, zeroPoint }, index) => {
    const nameAt = b.createString(name);
    const shapeAt = ints(shape);
    const quantization = scale === undefined ? 0 : buildQuantization(b, scale, zeroPoint ?? 0);
    return table(8, () => {
      reference(0, shapeAt);
      b.addFieldInt8(1, type, 0);
      b.addFieldInt32(2, index + 1, 0);
      reference(3, nameAt);
      if (quantization !== 0) reference(4, quantization);
    });
  });
  const codeTables = operators.map(({ code, custom }) => {
    const customAt = custom === undefined ? 0 : b.createString(custom);
    return table(4, () => {
      b.addFieldInt8(0, code, 0);
      if (customAt !== 0) reference(1, customAt);
    });
  });
  const operatorTables = operators.map(({ inputs: reads, outputs: writes, ...options }, index) => {
    const inputsAt = ints(reads);
    const outputsAt = ints(writes);
    const optionsAt = table(4, () => {
      b.addFieldInt8(2, options.alignCorners === true ? 1 : 0, 0);
      b.addFieldInt8(3, options.halfPixelCenters === true ? 1 : 0, 0);
    });
    return table(5, () => {
      b.addFieldInt32(0, index, 0);
      reference(1, inputsAt);
      reference(2, outputsAt);
      reference(4, optionsAt);
    });
  });
  const graphParts = [vector(tensorTables), ints(inputs), ints(outputs), vector(operatorTables)];
  const graph = table(4, () => graphParts.forEach((part, field) => reference(field, part)));
  const graphs = vector([graph]);
  const codes = vector(codeTables);
  const buffers = vector(bufferTables);
  const signatures = signatureOutput === undefined ? 0 : vector([buildSignature(b, signatureOutput, vector)]);
  const root = table(8, () => {
    b.addFieldInt32(0, 3, 0);
    reference(1, codes);
    reference(2, graphs);
    reference(4, buffers);
    if (signatures !== 0) reference(7, signatures);
  });
  b.finish(root, 'TFL3');
  return new Uint8Array(b.asUint8Array());
}

function buildQuantization(b: Builder, scale: number, zeroPoint: number): number {
  b.startVector(4, 1, 4);
  b.addFloat32(scale);
  const scales = b.endVector();
  b.startVector(8, 1, 8);
  b.addInt64(BigInt(zeroPoint));
  const zeroPoints = b.endVector();
  b.startObject(4);
  b.addFieldOffset(2, scales, 0);
  b.addFieldOffset(3, zeroPoints, 0);
  return b.endObject();
}

function buildSignature(b: Builder, output: number, vector: (offsets: readonly number[]) => number): number {
  b.startObject(2);
  b.addFieldInt32(1, output, 0);
  const map = b.endObject();
  const maps = vector([map]);
  b.startObject(2);
  b.addFieldOffset(1, maps, 0);
  return b.endObject();
}
