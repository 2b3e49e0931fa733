/** Turns batch norm with learned constants into one scale and one offset per channel. */
import { attrFlag, attrFloat, typeAttr } from '../attribute.ts';
import type { Graph, GraphNode, GraphTensor, PassResult } from '../graph.ts';
import { GraphError, quoted } from '../graph-error.ts';
import { addTensor, draftOf, freshName, graphOfDraft } from '../graph-editing.ts';

/** TensorFlow's own default (tensorflow/core/ops/nn_ops.cc). */
const DEFAULT_EPSILON = 1e-4;

const BATCH_NORMS = new Set(['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3']);

/**
 * y = gamma (x - mean) / sqrt(variance + epsilon) + beta.
 * @throws GraphError unsupported if the statistics come from the batch itself.
 */
export function lowerBatchNorm(graph: Graph): PassResult {
  const draft = draftOf(graph);
  let count = 0;
  for (const node of graph.nodes) {
    if (!BATCH_NORMS.has(node.op)) continue;
    if (isTraining(node)) {
      throw new GraphError(
        'unsupported',
        `${quoted(node.name)} normalises over its batch: a graph for training`,
      );
    }
    const [source] = node.input;
    const affine = scaleAndOffset(node, graph.tensors);
    if (affine === null || source === undefined) continue;
    const scaled = freshName(draft, `${node.name}/scaled`);
    const scaleName = addTensor(draft, `${node.name}/scale`, affine.scale);
    const offsetName = addTensor(draft, `${node.name}/offset`, affine.offset);
    const attr = { T: typeAttr('DT_FLOAT') };
    draft.nodes.set(scaled, { name: scaled, op: 'Mul', input: [source, scaleName], attr });
    // Taken out first: its place in the order is behind the new node.
    draft.nodes.delete(node.name);
    draft.nodes.set(node.name, { name: node.name, op: 'AddV2', input: [scaled, offsetName], attr });
    count += 1;
  }
  return { graph: graphOfDraft(draft), count };
}

/** An absent attribute means true. */
function isTraining(node: GraphNode): boolean {
  return !('is_training' in node.attr) || attrFlag(node, 'is_training');
}

function scaleAndOffset(
  node: GraphNode,
  tensors: ReadonlyMap<string, GraphTensor>,
): { readonly scale: GraphTensor; readonly offset: GraphTensor } | null {
  const [gamma, beta, mean, variance] = node.input.slice(1).map((name) => tensors.get(name)?.data);
  if (!(gamma instanceof Float32Array) || !(beta instanceof Float32Array)) return null;
  if (!(mean instanceof Float32Array) || !(variance instanceof Float32Array)) return null;
  const channels = gamma.length;
  if ([beta, mean, variance].some(({ length }) => length !== channels)) return null;
  const epsilon = attrFloat(node, 'epsilon') ?? DEFAULT_EPSILON;
  const scale = gamma.map((value, i) => value / Math.sqrt((variance[i] as number) + epsilon));
  const offset = beta.map((value, i) => value - (mean[i] as number) * (scale[i] as number));
  const shape = [channels];
  return {
    scale: { dtype: 'float32', shape, data: scale },
    offset: { dtype: 'float32', shape, data: offset },
  };
}
