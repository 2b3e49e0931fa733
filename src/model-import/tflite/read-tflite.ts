/** Reads a .tflite file (schema version 3) into tensors and operators, refusing inconsistent files. */
import { asciiText, FlatbufferView, type Table } from './flatbuffer-view.ts';
import { refuse } from './refusal.ts';
import { elementBytes, tensorType, type TensorType } from './tensor-type.ts';

export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: TensorType;
  /** One entry per tensor, or one per channel; empty for tensors that are not quantised. */
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  /** Bytes inside the file; null for computed tensors. */
  readonly constant: Uint8Array | null;
}

export interface TfliteOperator {
  /** For instance "CONV_2D"; a custom operator's own name, such as "edgetpu-custom-op". */
  readonly name: string;
  readonly custom: boolean;
  /** Tensor indices; -1 for an omitted optional input. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: Table | null;
}

export interface TfliteModel {
  readonly view: FlatbufferView;
  readonly root: Table;
  /** The only subgraph. */
  readonly graph: Table;
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Field numbers of the TFLite schema, version 3 (tensorflow/compiler/mlir/lite/schema/schema.fbs). */
const MODEL = { operatorCodes: 1, subgraphs: 2, buffers: 4 } as const;
const CODE = { deprecatedBuiltin: 0, custom: 1, builtin: 3 } as const;
export const GRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3 } as const;
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3, quantization: 4, variable: 5, sparsity: 6 } as const;
const QUANTIZATION = { scale: 2, zeroPoint: 3 } as const;
const OPERATOR = { code: 0, inputs: 1, outputs: 2, options: 4 } as const;

const CUSTOM_CODE = 32;
/** The limit of one WebAssembly memory, far more than DeepLab's largest tensor. */
const TENSOR_LIMIT_BYTES = 2 ** 31 - 1;

/** @throws ProblemError model-invalid, whose detail names the wrong field or operator */
export function readTflite(bytes: Uint8Array): TfliteModel {
  if (bytes.length < 8 || asciiText(bytes.subarray(4, 8)) !== 'TFL3') {
    refuse('it does not start like a .tflite file: the letters TFL3 are missing');
  }
  const view = new FlatbufferView(bytes);
  const root = view.root();
  const graphs = view.tables(root, MODEL.subgraphs, 'subgraphs');
  const [graph] = graphs;
  if (graph === undefined || graphs.length > 1)
    return refuse(`it has ${graphs.length} subgraphs instead of one`);

  const buffers = view.tables(root, MODEL.buffers, 'buffers').map((buffer) => {
    const data = view.vector(buffer, 0, 1, 'data');
    return data === null || data.length === 0 ? null : bytes.subarray(data.at, data.at + data.length);
  });
  const variables = new Set<number>();
  const tensors = view.tables(graph, GRAPH.tensors, 'tensors').map((table, index) => {
    if (view.int8(table, TENSOR.variable, 0, 'is_variable') !== 0) variables.add(index);
    return readTensor(view, table, buffers);
  });
  const codes = view.tables(root, MODEL.operatorCodes, 'operator_codes').map((code) => readCode(view, code));
  const operators = view.tables(graph, GRAPH.operators, 'operators').map((operator): TfliteOperator => {
    const index = view.uint32(operator, OPERATOR.code, 0, 'opcode_index');
    const code = codes[index] ?? refuse(`${operator.path} names operator code ${index} of ${codes.length}`);
    return {
      ...code,
      inputs: view.int32s(operator, OPERATOR.inputs, 'inputs'),
      outputs: view.int32s(operator, OPERATOR.outputs, 'outputs'),
      options: view.table(operator, OPERATOR.options, 'builtin_options'),
    };
  });
  const model: TfliteModel = {
    view,
    root,
    graph,
    tensors,
    operators,
    inputs: view.int32s(graph, GRAPH.inputs, 'inputs'),
    outputs: view.int32s(graph, GRAPH.outputs, 'outputs'),
  };
  checkOrder(model, variables);
  return model;
}

function readCode(view: FlatbufferView, code: Table): { readonly name: string; readonly custom: boolean } {
  // Codes above 127 live in the newer field; older files have only the byte.
  const builtin = Math.max(
    view.int8(code, CODE.deprecatedBuiltin, 0, 'deprecated_builtin_code'),
    view.int32(code, CODE.builtin, 0, 'builtin_code'),
  );
  const custom = builtin === CUSTOM_CODE;
  return { custom, name: custom ? view.text(code, CODE.custom, 'custom_code') : operatorName(builtin) };
}

function readTensor(
  view: FlatbufferView,
  table: Table,
  buffers: readonly (Uint8Array | null)[],
): TfliteTensor {
  const shape = view.int32s(table, TENSOR.shape, 'shape');
  const type = tensorType(view.int8(table, TENSOR.type, 0, 'type'), table.path);
  const unit = elementBytes(type);
  const bytes = shape.reduce((product, side) => product * side, unit ?? 1);
  if (shape.some((side) => side < 0) || bytes > TENSOR_LIMIT_BYTES) {
    refuse(`${table.path} has the impossible shape [${shape.slice(0, 8).join(', ')}]`);
  }
  const index = view.uint32(table, TENSOR.buffer, 0, 'buffer');
  if (index >= buffers.length) refuse(`${table.path} names buffer ${index} of ${buffers.length}`);
  const constant = buffers[index] ?? null;
  const sparse = view.table(table, TENSOR.sparsity, 'sparsity') !== null;
  if (constant !== null && unit !== null && !sparse && constant.length !== bytes) {
    refuse(`${table.path} needs ${bytes} bytes of data and has ${constant.length}`);
  }
  const quantization = view.table(table, TENSOR.quantization, 'quantization');
  return {
    name: view.text(table, TENSOR.name, 'name'),
    shape,
    type,
    scales: quantization === null ? [] : view.float32s(quantization, QUANTIZATION.scale, 'scale'),
    zeroPoints: quantization === null ? [] : view.int64s(quantization, QUANTIZATION.zeroPoint, 'zero_point'),
    constant,
  };
}

/**
 * Operators run in the file's order: an operator that reads a tensor written later, or never, means a cycle or a
 * truncated file.
 */
function checkOrder(
  { tensors, operators, inputs, outputs }: TfliteModel,
  variables: ReadonlySet<number>,
): void {
  const isTensor = (index: number) => index >= 0 && index < tensors.length;
  const written = new Set([...inputs, ...variables]);
  tensors.forEach(({ constant, shape }, index) => {
    if (constant !== null || shape.includes(0)) written.add(index);
  });
  operators.forEach(({ name, inputs: reads, outputs: writes }, at) => {
    for (const index of reads) {
      if (index === -1 || (isTensor(index) && written.has(index))) continue;
      refuse(`operator ${at} (${name}) reads tensor ${index}, which nothing before it writes`);
    }
    for (const index of writes) {
      if (!isTensor(index)) refuse(`operator ${at} (${name}) writes tensor ${index} of ${tensors.length}`);
      if (tensors[index]?.constant !== null) refuse(`operator ${at} (${name}) writes the constant ${index}`);
      written.add(index);
    }
  });
  for (const [what, indices] of [
    ['input', inputs],
    ['output', outputs],
  ] as const) {
    if (indices.length === 0) refuse(`it has no ${what}`);
    for (const index of indices) {
      if (!isTensor(index) || !written.has(index))
        refuse(`its ${what} is tensor ${index}, which nothing writes`);
    }
  }
}

/** BuiltinOperator of the TFLite schema, from 0; covers what DeepLab and similar networks use. */
const NAMES =
  'ADD AVERAGE_POOL_2D CONCATENATION CONV_2D DEPTHWISE_CONV_2D DEPTH_TO_SPACE DEQUANTIZE EMBEDDING_LOOKUP FLOOR FULLY_CONNECTED HASHTABLE_LOOKUP L2_NORMALIZATION L2_POOL_2D LOCAL_RESPONSE_NORMALIZATION LOGISTIC LSH_PROJECTION LSTM MAX_POOL_2D MUL RELU RELU_N1_TO_1 RELU6 RESHAPE RESIZE_BILINEAR RNN SOFTMAX SPACE_TO_DEPTH SVDF TANH CONCAT_EMBEDDINGS SKIP_GRAM CALL CUSTOM EMBEDDING_LOOKUP_SPARSE PAD UNIDIRECTIONAL_SEQUENCE_RNN GATHER BATCH_TO_SPACE_ND SPACE_TO_BATCH_ND TRANSPOSE MEAN SUB DIV SQUEEZE UNIDIRECTIONAL_SEQUENCE_LSTM STRIDED_SLICE BIDIRECTIONAL_SEQUENCE_RNN EXP TOPK_V2 SPLIT LOG_SOFTMAX DELEGATE BIDIRECTIONAL_SEQUENCE_LSTM CAST PRELU MAXIMUM ARG_MAX MINIMUM LESS NEG PADV2 GREATER GREATER_EQUAL LESS_EQUAL SELECT SLICE SIN TRANSPOSE_CONV SPARSE_TO_DENSE TILE EXPAND_DIMS EQUAL NOT_EQUAL LOG SUM SQRT RSQRT SHAPE POW ARG_MIN FAKE_QUANT REDUCE_PROD REDUCE_MAX PACK LOGICAL_OR ONE_HOT LOGICAL_AND LOGICAL_NOT UNPACK REDUCE_MIN FLOOR_DIV REDUCE_ANY SQUARE ZEROS_LIKE FILL FLOOR_MOD RANGE RESIZE_NEAREST_NEIGHBOR LEAKY_RELU SQUARED_DIFFERENCE MIRROR_PAD ABS SPLIT_V UNIQUE CEIL REVERSE_V2 ADD_N GATHER_ND COS WHERE RANK ELU REVERSE_SEQUENCE MATRIX_DIAG QUANTIZE MATRIX_SET_DIAG ROUND HARD_SWISH IF WHILE NON_MAX_SUPPRESSION_V4 NON_MAX_SUPPRESSION_V5 SCATTER_ND SELECT_V2 DENSIFY SEGMENT_SUM BATCH_MATMUL'.split(
    ' ',
  );

/** "CONV_2D"; "builtin 150" for newer operators. */
function operatorName(code: number): string {
  return NAMES[code] ?? `builtin ${code}`;
}
