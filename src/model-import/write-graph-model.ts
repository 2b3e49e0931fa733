/** Writes a graph as TF.js graph model: model.json and one weights.bin. */
import { getTextEncoding } from '@bufbuild/protobuf/wire';
import type { Graph, GraphTensor } from './graph.ts';
import type { WeightStorage } from '../domain/import-report.ts';
import { floatsToHalves } from './half-float.ts';

export interface GraphModelArtefacts {
  readonly modelJson: Uint8Array<ArrayBuffer>;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** TensorFlow's versions.proto asks for one; TF.js reads none of it. */
const GRAPH_VERSION = { producer: 27, minConsumer: 12 };

const DTYPE_NAME = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' } as const;

/** Constants come first and nodes in order, so that every input precedes its use. */
export function writeGraphModel(graph: Graph, storage: WeightStorage): GraphModelArtefacts {
  const encoded = [...graph.tensors].map(([name, tensor]) => encodeWeight(name, tensor, storage));
  const weights = new Uint8Array(encoded.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of encoded) {
    weights.set(bytes, at);
    at += bytes.length;
  }
  const json = {
    format: 'graph-model',
    generatedBy: 'TensorFlow',
    convertedBy: 'Segscope',
    modelTopology: {
      node: [...[...graph.tensors].map(([name, tensor]) => constantNode(name, tensor)), ...graph.nodes],
      library: {},
      versions: GRAPH_VERSION,
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: encoded.map(({ spec }) => spec) }],
  };
  return { modelJson: getTextEncoding().encodeUtf8(JSON.stringify(json)), weights };
}

function constantNode(name: string, { dtype, shape }: GraphTensor): unknown {
  const type = DTYPE_NAME[dtype];
  const tensorShape = { dim: shape.map((size) => ({ size: String(size) })) };
  return {
    name,
    op: 'Const',
    input: [],
    attr: { dtype: { type }, value: { tensor: { dtype: type, tensorShape } } },
  };
}

interface EncodedWeight {
  /** The entry of the weights manifest. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
}

/** Biases and scalars are few: vectors stay float32 when weights become bytes. */
const SMALLEST_QUANTISED_RANK = 2;

/**
 * uint8 is TF.js's affine scheme: value = stored * scale + min over the tensor's own range, with zero exact.
 * Only float32 is ever stored smaller.
 */
function encodeWeight(name: string, tensor: GraphTensor, storage: WeightStorage): EncodedWeight {
  const { dtype, shape, data } = tensor;
  const spec = { name, shape, dtype };
  if (storage === 'float16' && data instanceof Float32Array) {
    const halves = floatsToHalves(data);
    return {
      spec: { ...spec, quantization: { dtype: 'float16', original_dtype: 'float32' } },
      bytes: bytesOf(halves),
    };
  }
  if (storage === 'uint8' && data instanceof Float32Array && shape.length >= SMALLEST_QUANTISED_RANK) {
    const { scale, min } = byteRange(data);
    const stored = new Uint8Array(data.length);
    for (let i = 0; i < data.length; i++) stored[i] = Math.round(((data[i] as number) - min) / scale);
    return {
      spec: { ...spec, quantization: { dtype: 'uint8', scale, min, original_dtype: 'float32' } },
      bytes: stored,
    };
  }
  return { spec, bytes: bytesOf(data) };
}

/** The range is widened to hold zero, and shifted so that zero is one of the 256 steps. */
function byteRange(data: Float32Array): { readonly scale: number; readonly min: number } {
  let low = 0;
  let high = 0;
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = high > low ? (high - low) / 255 : 1;
  return { scale, min: Math.round(low / scale) * scale };
}

function bytesOf(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
