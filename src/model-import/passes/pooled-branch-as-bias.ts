/** Turns the one-pixel branch of ASPP into a bias, instead of enlarging, concatenating and convolving it. */
import { attrInts, intAttr, typeAttr } from '../attribute.ts';
import { geometryAttributes } from '../convolution.ts';
import type { Graph, GraphNode, GraphTensor, PassResult } from '../graph.ts';
import { consumersByName } from '../graph.ts';
import type { GraphDraft } from '../graph-editing.ts';
import { addTensor, draftOf, freshName, graphOfDraft, onlyConsumer } from '../graph-editing.ts';
import type { KnownGraph } from '../known-graph.ts';
import { knownGraph } from '../known-graph.ts';
import type { Shape } from '../shape-inference.ts';
import { axisOf } from '../shape-inference.ts';

/**
 * A 1 x 1 convolution of a concatenation is the sum of the convolutions of its parts; a part that is the same at every
 * pixel adds the same everywhere: W [pool, rest] + b = W_rest rest + (W_pool pool + b).
 * @param inputShape the shape at which the branch is one pixel large.
 */
export function pooledBranchAsBias(graph: Graph, inputShape: Shape): PassResult {
  const draft = draftOf(graph);
  const consumers = consumersByName(graph.nodes);
  const known = knownGraph(graph, inputShape);
  let count = 0;
  for (const concat of graph.nodes) {
    const convolution = onlyConsumer(consumers, concat.name);
    if (concat.op !== 'ConcatV2' || convolution === null) continue;
    const part = pooledPart(concat, draft, known);
    const weights = pointwiseWeights(convolution, draft);
    if (part === null || weights === null || weights.shape[2] !== part.channels) continue;
    replace(draft, concat, convolution, weights, part);
    count += 1;
  }
  return { graph: graphOfDraft(draft), count };
}

interface PooledPart {
  /** Of [1, 1, 1, channels]. */
  readonly source: string;
  readonly position: number;
  readonly firstChannel: number;
  readonly lastChannel: number;
  /** Of the whole concatenation. */
  readonly channels: number;
}

function pooledPart(
  concat: GraphNode,
  draft: GraphDraft,
  { shapes, constants }: KnownGraph,
): PooledPart | null {
  const parts = concat.input.slice(0, -1);
  const axis = constants.get(concat.input.at(-1) ?? '')?.data[0] ?? null;
  if (axisOf(axis, 4) !== 3 || parts.length < 2) return null;
  const widths = parts.map((name) => shapes.get(name)?.[3]);
  const position = parts.findIndex((name) => {
    const node = draft.nodes.get(name);
    const before = shapes.get(node?.input[0] ?? '');
    return node?.op === 'ResizeBilinear' && before?.length === 4 && before[1] === 1 && before[2] === 1;
  });
  const source = draft.nodes.get(parts[position] ?? '')?.input[0];
  const width = widths[position];
  if (source === undefined || width === undefined) return null;
  let firstChannel = 0;
  let channels = 0;
  for (const [i, one] of widths.entries()) {
    if (one === undefined) return null;
    if (i < position) firstChannel += one;
    channels += one;
  }
  return { source, position, firstChannel, lastChannel: firstChannel + width, channels };
}

/** null unless it is a fused 1 x 1 convolution at stride 1 with constant weights. */
function pointwiseWeights(node: GraphNode, { tensors }: GraphDraft): GraphTensor | null {
  const weights = tensors.get(node.input[1] ?? '');
  if (node.op !== '_FusedConv2D' || weights?.shape[0] !== 1 || weights.shape[1] !== 1) return null;
  return attrInts(node, 'strides')?.every((stride) => stride === 1) === true ? weights : null;
}

function replace(
  draft: GraphDraft,
  concat: GraphNode,
  convolution: GraphNode,
  weights: GraphTensor,
  { source, position, firstChannel, lastChannel }: PooledPart,
): void {
  const outputs = weights.shape[3] as number;
  const pooled = weights.data.slice(firstChannel * outputs, lastChannel * outputs);
  const rest = new Float32Array(weights.data.length - pooled.length);
  rest.set(weights.data.subarray(0, firstChannel * outputs));
  rest.set(weights.data.subarray(lastChannel * outputs), firstChannel * outputs);
  const matrix = (data: Float32Array<ArrayBuffer>): GraphTensor => ({
    dtype: 'float32',
    shape: [1, 1, data.length / outputs, outputs],
    data,
  });
  const { name } = convolution;
  const pooledName = freshName(draft, `${name}/pooled`);
  const flatName = freshName(draft, `${name}/pooled_flat`);
  const biasName = freshName(draft, `${name}/pooled_bias`);
  const pooledWeights = addTensor(draft, `${name}/pooled_weights`, matrix(Float32Array.from(pooled)));
  const restWeights = addTensor(draft, `${name}/rest_weights`, matrix(rest));
  const flat = addTensor(draft, `${name}/pooled_shape`, {
    dtype: 'int32',
    shape: [1],
    data: Int32Array.of(outputs),
  });
  const [, , bias = ''] = convolution.input;
  const attr = { T: typeAttr('DT_FLOAT') };
  draft.nodes.delete(name);
  draft.nodes.set(pooledName, {
    name: pooledName,
    op: 'Conv2D',
    input: [source, pooledWeights],
    attr: geometryAttributes({ strides: [1, 1], dilations: [1, 1], padding: { kind: 'SAME' } }),
  });
  draft.nodes.set(flatName, {
    name: flatName,
    op: 'Reshape',
    input: [pooledName, flat],
    attr: { ...attr, Tshape: typeAttr('DT_INT32') },
  });
  // The bias is added last, not in the convolution: TensorFlow.js (4.22, wasm) checks the shape that a tensor
  // was created with, and does not accept a reshaped one as a bias.
  draft.nodes.set(biasName, { name: biasName, op: 'AddV2', input: [flatName, bias], attr });
  const others = concat.input.toSpliced(position, 1);
  const [only] = others;
  if (others.length === 2 && only !== undefined) draft.nodes.delete(concat.name);
  else
    draft.nodes.set(concat.name, {
      ...concat,
      input: others,
      attr: { ...concat.attr, N: intAttr(others.length - 1) },
    });
  draft.nodes.set(name, {
    ...convolution,
    input: [others.length === 2 && only !== undefined ? only : concat.name, restWeights, biasName],
  });
}
