/** Writes a graph as TF.js graph model: model.json and one weights.bin. */
import { getTextEncoding } from '@bufbuild/protobuf/wire';
import { encodeWeight } from './encode-weight.ts';
import type { Graph, GraphTensor } from './graph.ts';
import type { WeightStorage } from '../domain/import-report.ts';

export interface GraphModelArtefacts {
  readonly modelJson: Uint8Array<ArrayBuffer>;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** TensorFlow's versions.proto asks for one; TF.js reads none of it. */
const GRAPH_VERSION = { producer: 27, minConsumer: 12 };

const DTYPE_NAME = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' } as const;

/** Constants come first and the nodes in their order, so that one reading from the front finds every input. */
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
