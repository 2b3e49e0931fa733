/** A convolution of a graph, plain or fused, as TensorFlow Lite operators: weights transposed, padding separate. */
import { attrTexts } from '../attribute.ts';
import { GraphError, quoted } from '../graph-error.ts';
import type { GraphNode, GraphTensor } from '../graph.ts';
import { windowGeometry } from '../window-geometry.ts';
import type { Pads } from '../window-geometry.ts';
import type { NetworkPlan } from './network-plan.ts';
import type { Activation, PlannedOptions } from './network.types.ts';

/** @throws GraphError unsupported */
export function planConvolution(node: GraphNode, plan: NetworkPlan): void {
  const [source = '', weightsName, biasName] = node.input;
  const geometry = windowGeometry(node);
  const weights = plan.constant(weightsName);
  const depthwise = node.op.includes('Depthwise');
  const activation = fusedActivation(node);
  if (geometry === null || weights?.dtype !== 'float32' || weights.shape.length !== 4) {
    throw new GraphError('unsupported', `the convolution ${quoted(node.name)} has no constant float weights`);
  }
  const { strides, dilations, padding } = geometry;
  const input = padding.kind === 'EXPLICIT' ? padded(node, source, padding.pads, plan) : plan.index(source);
  const turned = depthwise ? depthwiseWeights(weights) : convolutionWeights(weights);
  const weightsAt = plan.add(weightsName ?? '', turned.shape, turned.data);
  const outChannels = plan.shape(node.name).at(-1) ?? 0;
  const bias = biasName === undefined ? null : plan.constant(biasName);
  const window = { same: padding.kind === 'SAME', strides, dilations };
  const options = (last: Activation): PlannedOptions =>
    depthwise
      ? {
          kind: 'depthwiseConvolution',
          window,
          multiplier: weights.shape[3] as number,
          activation: last,
        }
      : { kind: 'convolution', window, activation: last };
  if (biasName === undefined || bias !== null) {
    const biasAt =
      bias === null
        ? noBias(node, outChannels, plan)
        : plan.add(biasName ?? '', [outChannels], floats(bias, node));
    plan.operate(node.name, [input, weightsAt, biasAt], options(activation));
    return;
  }
  // XNNPACK does not accept a computed bias (the pooled branch's share), so it is added after the convolution.
  const plain = plan.operateBetween(
    `${node.name}/without_bias`,
    plan.shape(node.name),
    [input, weightsAt, noBias(node, outChannels, plan)],
    options(null),
  );
  plan.operate(node.name, [plain, plan.index(biasName)], { kind: 'add', activation });
}

function fusedActivation(node: GraphNode): Activation {
  if (!node.op.includes('Fused')) return null;
  const [bias, activation = null, ...more] = attrTexts(node, 'fused_ops') ?? [];
  const known = activation === null || activation === 'Relu' || activation === 'Relu6';
  if (bias !== 'BiasAdd' || !known || more.length > 0) {
    throw new GraphError(
      'unsupported',
      `${quoted(node.name)} fuses an operation that TensorFlow Lite does not`,
    );
  }
  return activation;
}

function padded(node: GraphNode, source: string, pads: Pads, plan: NetworkPlan): number {
  const [[top, bottom], [left, right]] = pads;
  const [batch = 1, height = 0, width = 0, channels = 0] = plan.shape(source);
  const paddings = plan.add(
    `${node.name}/pads`,
    [4, 2],
    Int32Array.from([0, 0, top, bottom, left, right, 0, 0]),
  );
  const shape = [batch, height + top + bottom, width + left + right, channels];
  return plan.operateBetween(`${node.name}/padded`, shape, [plan.index(source), paddings], { kind: 'pad' });
}

function noBias(node: GraphNode, channels: number, plan: NetworkPlan): number {
  return plan.add(`${node.name}/no_bias`, [channels], new Float32Array(channels));
}

function floats({ data }: GraphTensor, node: GraphNode): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new GraphError('unsupported', `the bias of ${quoted(node.name)} is not float`);
}

/** [height, width, in, out] becomes [out, height, width, in]. */
function convolutionWeights({ shape, data }: GraphTensor): { shape: number[]; data: Float32Array } {
  const [height, width, inputs, outputs] = shape as readonly [number, number, number, number];
  const rest = height * width * inputs;
  const turned = new Float32Array(data.length);
  for (let i = 0; i < rest; i++) {
    for (let out = 0; out < outputs; out++) turned[out * rest + i] = data[i * outputs + out] as number;
  }
  return { shape: [outputs, height, width, inputs], data: turned };
}

/** [height, width, in, multiplier] is [1, height, width, in * multiplier] in the same order. */
function depthwiseWeights({ shape, data }: GraphTensor): { shape: number[]; data: Float32Array } {
  const [height, width, inputs, multiplier] = shape as readonly [number, number, number, number];
  return { shape: [1, height, width, inputs * multiplier], data: data as Float32Array };
}
