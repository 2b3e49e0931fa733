/** Reads a TensorFlow.js model.json: the graph, and which shards hold which weights. */
import { z } from 'zod';
import { ProblemError } from '../domain/problems/problem.ts';

const quantizationSchema = z.discriminatedUnion('dtype', [
  z.object({ dtype: z.literal('float16') }),
  z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }),
  z.object({ dtype: z.literal('uint16'), scale: z.number(), min: z.number() }),
]);

const weightSchema = z
  .object({
    name: z.string(),
    shape: z.array(z.int().nonnegative()),
    dtype: z.enum(['float32', 'int32', 'bool']),
    quantization: quantizationSchema.nullable().default(null),
  })
  // TensorFlow.js recognises quantised weights by the presence of this key.
  .transform(({ quantization, ...weight }) => (quantization === null ? weight : { ...weight, quantization }));

const fileSchema = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(z.object({ paths: z.array(z.string().min(1)), weights: z.array(weightSchema) })),
});

export type WeightSpec = z.infer<typeof weightSchema>;

export interface GraphModelFile {
  readonly topology: Readonly<Record<string, unknown>>;
  /** In the order in which their bytes follow each other in the shards. */
  readonly weightSpecs: readonly WeightSpec[];
  /** Paths beside the model.json, in order. */
  readonly shardPaths: readonly string[];
  /** Sum over all weights as stored; the shards together must hold exactly this. */
  readonly weightBytes: number;
}

/**
 * @param json the parsed model.json.
 * @throws ProblemError model-invalid
 */
export function readGraphModelFile(json: unknown, modelId: string): GraphModelFile {
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
    throw new ProblemError({
      kind: 'model-invalid',
      modelId,
      detail: `its model.json is not a TensorFlow.js graph model${where}`,
    });
  }
  const { modelTopology, weightsManifest } = parsed.data;
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return {
    topology: modelTopology,
    weightSpecs,
    shardPaths: weightsManifest.flatMap((group) => group.paths),
    weightBytes: weightSpecs.reduce((sum, spec) => sum + storedBytes(spec), 0),
  };
}

const BYTES_PER_VALUE = { float32: 4, int32: 4, bool: 1, float16: 2, uint8: 1, uint16: 2 } as const;

/** Bytes of a weight in its shard. */
export function storedBytes(spec: WeightSpec): number {
  const values = spec.shape.reduce((product, side) => product * side, 1);
  return values * BYTES_PER_VALUE['quantization' in spec ? spec.quantization.dtype : spec.dtype];
}
