/** Writes a planned network as a .tflite file. */
import { Builder } from 'flatbuffers';
import { OPERATOR_CODES } from './network.types.ts';
import type { Activation, PlannedNetwork, PlannedOptions, PlannedWindow } from './network.types.ts';

/** Numbers of the TFLite schema, version 3 (tensorflow/compiler/mlir/lite/schema/schema.fbs). */
const OPTIONS = {
  convolution: 1,
  depthwiseConvolution: 2,
  averagePool: 5,
  concatenation: 10,
  add: 11,
  resizeBilinear: 15,
  reshape: 17,
  mul: 21,
  pad: 22,
  mean: 27,
  sub: 28,
} as const;
const ACTIVATIONS = { none: 0, Relu: 1, Relu6: 3 } as const;
const TENSOR_TYPES = { float32: 0, int32: 2 } as const;
const SCHEMA_VERSION = 3;
/** Weights are read in place, with vector instructions. */
const ALIGNMENT_BYTES = 16;

export function writeTflite({ tensors, operators, input, output }: PlannedNetwork): Uint8Array<ArrayBuffer> {
  const constantBytes = tensors.reduce((sum, { data }) => sum + (data?.byteLength ?? 0), 0);
  const file = new TableWriter(constantBytes + 2 ** 16);
  const buffers = [
    file.table(1, () => undefined),
    ...tensors.map(({ data }) => {
      const at =
        data === null ? 0 : file.bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return file.table(1, () => file.reference(0, at));
    }),
  ];
  const tensorTables = tensors.map(({ name, shape, data }, index) => {
    const nameAt = file.builder.createString(name);
    const shapeAt = file.integers(shape);
    return file.table(8, () => {
      file.reference(0, shapeAt);
      file.byte(1, data instanceof Int32Array ? TENSOR_TYPES.int32 : TENSOR_TYPES.float32);
      file.integer(2, data === null ? 0 : index + 1);
      file.reference(3, nameAt);
    });
  });
  const codes = [...new Set(operators.map(({ options }) => options.kind))];
  const operatorTables = operators.map(({ inputs, output: result, options }) => {
    const inputsAt = file.integers(inputs);
    const outputsAt = file.integers([result]);
    const optionsAt = writeOptions(file, options);
    return file.table(9, () => {
      file.integer(0, codes.indexOf(options.kind));
      file.reference(1, inputsAt);
      file.reference(2, outputsAt);
      if (optionsAt !== null) {
        file.byte(3, optionsAt.type);
        file.reference(4, optionsAt.at);
      }
    });
  });
  const codeTables = codes.map((kind) =>
    file.table(4, () => {
      file.byte(0, OPERATOR_CODES[kind]);
      // Dilated depthwise convolutions are the operator's second version.
      file.integer(2, kind === 'depthwiseConvolution' ? 2 : 1);
      file.integer(3, OPERATOR_CODES[kind]);
    }),
  );
  const tensorsAt = file.tables(tensorTables);
  const inputsAt = file.integers([input]);
  const outputsAt = file.integers([output]);
  const operatorsAt = file.tables(operatorTables);
  const graph = file.table(5, () => {
    file.reference(0, tensorsAt);
    file.reference(1, inputsAt);
    file.reference(2, outputsAt);
    file.reference(3, operatorsAt);
  });
  const codesAt = file.tables(codeTables);
  const graphsAt = file.tables([graph]);
  const buffersAt = file.tables(buffers);
  const root = file.table(8, () => {
    file.integer(0, SCHEMA_VERSION);
    file.reference(1, codesAt);
    file.reference(2, graphsAt);
    file.reference(4, buffersAt);
  });
  file.builder.finish(root, 'TFL3');
  return new Uint8Array(file.builder.asUint8Array());
}

function writeOptions(
  file: TableWriter,
  options: PlannedOptions,
): { readonly type: number; readonly at: number } | null {
  if (options.kind === 'relu' || options.kind === 'relu6') return null;
  const at = file.table(8, () => writeFields(file, options));
  return { type: OPTIONS[options.kind], at };
}

function writeFields(file: TableWriter, options: PlannedOptions): void {
  switch (options.kind) {
    case 'convolution':
      writeWindow(file, options.window);
      file.byte(3, activationOf(options.activation));
      writeDilations(file, 4, options.window);
      return;
    case 'depthwiseConvolution':
      writeWindow(file, options.window);
      file.integer(3, options.multiplier);
      file.byte(4, activationOf(options.activation));
      writeDilations(file, 5, options.window);
      return;
    case 'averagePool':
      writeWindow(file, options.window);
      file.integer(3, options.size[1]);
      file.integer(4, options.size[0]);
      return;
    case 'add':
    case 'mul':
    case 'sub':
      file.byte(0, activationOf(options.activation));
      return;
    case 'concatenation':
      file.integer(0, options.axis);
      return;
    case 'resizeBilinear':
      file.byte(2, options.alignCorners ? 1 : 0);
      file.byte(3, options.halfPixelCenters ? 1 : 0);
      return;
    case 'mean':
      // keep_dims
      file.byte(0, 1);
      return;
    case 'relu':
    case 'relu6':
    case 'pad':
    case 'reshape':
      return;
  }
}

function writeWindow(file: TableWriter, { same, strides }: PlannedWindow): void {
  file.byte(0, same ? 0 : 1);
  file.integer(1, strides[1]);
  file.integer(2, strides[0]);
}

/** 1 is the default when nothing is written. */
function writeDilations(file: TableWriter, field: number, { dilations }: PlannedWindow): void {
  file.builder.addFieldInt32(field, dilations[1], 1);
  file.builder.addFieldInt32(field + 1, dilations[0], 1);
}

function activationOf(activation: Activation): number {
  return ACTIVATIONS[activation ?? 'none'];
}

class TableWriter {
  readonly builder: Builder;

  constructor(bytes: number) {
    this.builder = new Builder(bytes);
  }

  table(fields: number, fill: () => void): number {
    this.builder.startObject(fields);
    fill();
    return this.builder.endObject();
  }

  bytes(values: Uint8Array): number {
    this.builder.prep(ALIGNMENT_BYTES, values.length);
    return this.builder.createByteVector(values);
  }

  integers(values: readonly number[]): number {
    this.builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) this.builder.addInt32(value);
    return this.builder.endVector();
  }

  tables(offsets: readonly number[]): number {
    this.builder.startVector(4, offsets.length, 4);
    for (const offset of offsets.toReversed()) this.builder.addOffset(offset);
    return this.builder.endVector();
  }

  byte(field: number, value: number): void {
    this.builder.addFieldInt8(field, value, 0);
  }

  integer(field: number, value: number): void {
    this.builder.addFieldInt32(field, value, 0);
  }

  /** 0 means no reference. */
  reference(field: number, at: number): void {
    this.builder.addFieldOffset(field, at, 0);
  }
}
