/** Reads a TF.js graph model, model.json and shards, into a GraphSource. */
import { getTextEncoding } from '@bufbuild/protobuf/wire';
import { z } from 'zod';
import { ProblemError } from '../domain/problems/problem.ts';
import { GraphError, quoted } from './graph-error.ts';
import { readGraphModelFile, storedBytes, type GraphModelFile, type WeightSpec } from './graph-model-file.ts';
import { NODE_LIMIT, type GraphSource } from './graph-source.ts';
import type { GraphTensor } from './graph.ts';
import { halfToFloat } from './half-float.ts';

const topologySchema = z.object({
  node: z
    .array(
      z.object({
        name: z.string().min(1),
        op: z.string().min(1),
        input: z.array(z.string()).default([]),
        attr: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .min(1)
    .max(NODE_LIMIT),
});

/** A path and its bytes. */
interface NamedBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * @param modelJson the model.json.
 * @param others the shards, found by the last part of their path.
 * @throws GraphError not-a-model, damaged
 */
export function readGraphModel(modelJson: NamedBytes, others: readonly NamedBytes[]): GraphSource {
  const file = parse(modelJson);
  const shards = file.shardPaths.map((path) => {
    const shard = others.find((other) => lastPart(other.path) === lastPart(path));
    if (shard === undefined) throw new GraphError('damaged', `its shard ${quoted(path)} is missing`);
    return shard.bytes;
  });
  return graphModelSource(file, shards);
}

/**
 * @param shards in the order of the file's shardPaths.
 * @throws GraphError not-a-model, damaged
 */
export function graphModelSource(
  file: Pick<GraphModelFile, 'topology' | 'weightSpecs' | 'weightBytes'>,
  shards: readonly Uint8Array[],
): GraphSource {
  const topology = topologySchema.safeParse(file.topology);
  if (!topology.success) {
    const where = topology.error.issues[0]?.path.join('.') ?? '';
    throw new GraphError(
      'not-a-model',
      `its modelTopology is not a graph at ${where === '' ? 'its top' : where}`,
    );
  }
  const given = shards.reduce((sum, shard) => sum + shard.length, 0);
  if (given !== file.weightBytes) {
    throw new GraphError('damaged', `its shards hold ${given} bytes, its weights need ${file.weightBytes}`);
  }
  const specs = new Map<string, { readonly spec: WeightSpec; readonly from: number }>();
  let from = 0;
  for (const spec of file.weightSpecs) {
    specs.set(spec.name, { spec, from });
    from += storedBytes(spec);
  }
  const { node: nodes } = topology.data;
  return {
    nodes,
    constant: (name) => {
      const known = specs.get(name);
      if (known === undefined) throw new GraphError('damaged', `the constant ${quoted(name)} has no value`);
      return decodeWeight(known.spec, sliceOf(shards, known.from, storedBytes(known.spec)));
    },
  };
}

function parse({ path, bytes }: NamedBytes): ReturnType<typeof readGraphModelFile> {
  let json: unknown;
  try {
    json = JSON.parse(getTextEncoding().decodeUtf8(bytes, true));
  } catch (error) {
    throw new GraphError('not-a-model', 'it is not JSON', { cause: error });
  }
  try {
    return readGraphModelFile(json, path);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.kind === 'model-invalid') {
      throw new GraphError('not-a-model', error.problem.detail, { cause: error });
    }
    throw error;
  }
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A copy of bytes that may span several shards. */
function sliceOf(shards: readonly Uint8Array[], from: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let shardStart = 0;
  for (const shard of shards) {
    const start = Math.max(from, shardStart);
    const end = Math.min(from + length, shardStart + shard.length);
    if (start < end) bytes.set(shard.subarray(start - shardStart, end - shardStart), start - from);
    shardStart += shard.length;
  }
  return bytes;
}

/**
 * Quantised weights follow tfjs-core's io_utils: value = stored * scale + min, rounded for integers.
 * @param bytes exactly those of the weight, in a separate buffer.
 */
function decodeWeight(spec: WeightSpec, bytes: Uint8Array<ArrayBuffer>): GraphTensor {
  const { shape, dtype } = spec;
  const { buffer } = bytes;
  if ('quantization' in spec) {
    const { quantization } = spec;
    if (quantization.dtype === 'float16') {
      return { dtype: 'float32', shape, data: Float32Array.from(new Uint16Array(buffer), halfToFloat) };
    }
    const { scale, min } = quantization;
    const stored = quantization.dtype === 'uint8' ? bytes : new Uint16Array(buffer);
    return dtype === 'int32'
      ? { dtype, shape, data: Int32Array.from(stored, (value) => Math.round(value * scale + min)) }
      : { dtype: 'float32', shape, data: Float32Array.from(stored, (value) => value * scale + min) };
  }
  if (dtype === 'float32') return { dtype, shape, data: new Float32Array(buffer) };
  if (dtype === 'int32') return { dtype, shape, data: new Int32Array(buffer) };
  return { dtype, shape, data: bytes };
}
