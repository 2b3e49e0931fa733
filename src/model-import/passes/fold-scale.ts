/** Folds scales and offsets after a convolution into its weights and one bias. */
import { textAttr, typeAttr } from '../attribute.ts';
import type { Convolution } from '../convolution.ts';
import { convolutionOf } from '../convolution.ts';
import type { Graph, GraphNode, GraphTensor, PassResult } from '../graph.ts';
import { consumersByName } from '../graph.ts';
import { addTensor, draftOf, graphOfDraft, onlyConsumer, otherInput } from '../graph-editing.ts';

const ADDS = new Set(['Add', 'AddV2', 'BiasAdd']);

/** Follows each convolution over Mul, Add, Sub and BiasAdd with constants, as long as there is no other consumer. */
export function foldScale(graph: Graph): PassResult {
  const draft = draftOf(graph);
  const consumers = consumersByName(graph.nodes);
  let count = 0;
  for (const node of graph.nodes) {
    const convolution = convolutionOf(node, graph.tensors);
    if (convolution === null) continue;
    const { steps, scale, offset } = affineTail(convolution, consumers, graph.tensors);
    const last = steps.at(-1);
    if (last === undefined || (steps.length === 1 && last.op === 'BiasAdd')) continue;
    count += steps.length;
    const weights = addTensor(draft, `${node.name}/folded_weights`, scaled(convolution, scale));
    const bias = addTensor(draft, `${node.name}/folded_bias`, {
      dtype: 'float32',
      shape: [offset.length],
      data: offset,
    });
    draft.nodes.set(node.name, { ...node, input: [convolution.source, weights] });
    for (const { name } of steps) if (name !== last.name) draft.nodes.delete(name);
    draft.nodes.set(last.name, {
      name: last.name,
      op: 'BiasAdd',
      input: [node.name, bias],
      attr: { T: typeAttr('DT_FLOAT'), data_format: textAttr('NHWC') },
    });
  }
  return { graph: graphOfDraft(draft), count };
}

interface AffineTail {
  readonly steps: readonly GraphNode[];
  /** Per channel: output = convolution * scale + offset. */
  readonly scale: Float64Array;
  readonly offset: Float32Array<ArrayBuffer>;
}

function affineTail(
  { node, outChannels }: Convolution,
  consumers: ReadonlyMap<string, readonly GraphNode[]>,
  tensors: ReadonlyMap<string, GraphTensor>,
): AffineTail {
  const scale = new Float64Array(outChannels).fill(1);
  const offset = new Float64Array(outChannels);
  const steps: GraphNode[] = [];
  let { name } = node;
  for (let next = onlyConsumer(consumers, name); next !== null; next = onlyConsumer(consumers, name)) {
    const constant = perChannel(tensors.get(otherInput(next, name) ?? ''), outChannels);
    if (constant === null) break;
    const isSubtrahend = next.op === 'Sub' && next.input[0] === name;
    if (next.op === 'Mul') {
      for (let i = 0; i < outChannels; i++) {
        scale[i] = (scale[i] as number) * constant(i);
        offset[i] = (offset[i] as number) * constant(i);
      }
    } else if (ADDS.has(next.op)) {
      for (let i = 0; i < outChannels; i++) offset[i] = (offset[i] as number) + constant(i);
    } else if (isSubtrahend) {
      for (let i = 0; i < outChannels; i++) offset[i] = (offset[i] as number) - constant(i);
    } else {
      break;
    }
    steps.push(next);
    ({ name } = next);
  }
  return { steps, scale, offset: Float32Array.from(offset) };
}

/** A constant with one value per channel, or one for all; otherwise null. */
function perChannel(tensor: GraphTensor | undefined, channels: number): ((channel: number) => number) | null {
  if (tensor?.dtype !== 'float32') return null;
  const { shape, data } = tensor;
  if (data.length === 1 && shape.length <= 4) return () => data[0] as number;
  const last = shape.at(-1) ?? 1;
  if (shape.length > 4 || last !== channels || data.length !== channels) return null;
  return (channel) => data[channel] as number;
}

/** Output channels are innermost, in a depthwise kernel too: [height, width, in, multiplier] row by row. */
function scaled({ weights, outChannels }: Convolution, scale: Float64Array): GraphTensor {
  const data = new Float32Array(weights.data.length);
  for (let i = 0; i < data.length; i++) {
    data[i] = (weights.data[i] as number) * (scale[i % outChannels] as number);
  }
  return { dtype: 'float32', shape: weights.shape, data };
}
