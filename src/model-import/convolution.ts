/** Reads and writes convolutions for the passes. */
import { floatAttr, intAttr, intsAttr, textAttr, textsAttr, typeAttr } from './attribute.ts';
import type { GraphNode, GraphTensor } from './graph.ts';
import { windowGeometry } from './window-geometry.ts';
import type { WindowGeometry } from './window-geometry.ts';

export interface Convolution {
  readonly node: GraphNode;
  readonly depthwise: boolean;
  /** Name of its input. */
  readonly source: string;
  /** [height, width, in, out], for depthwise [height, width, in, multiplier]. */
  readonly weights: GraphTensor;
  readonly weightsName: string;
  readonly outChannels: number;
  readonly geometry: WindowGeometry;
}

/** @returns null for any other node, and for a convolution whose weights are not constant, or not NHWC. */
export function convolutionOf(
  node: GraphNode,
  tensors: ReadonlyMap<string, GraphTensor>,
): Convolution | null {
  const depthwise = node.op === 'DepthwiseConv2dNative';
  if (node.op !== 'Conv2D' && !depthwise) return null;
  const [source, weightsName] = node.input;
  const geometry = windowGeometry(node);
  if (source === undefined || weightsName === undefined || geometry === null) return null;
  const weights = tensors.get(weightsName);
  if (weights?.dtype !== 'float32' || weights.shape.length !== 4) return null;
  const [, , inputs, outputs] = weights.shape as readonly [number, number, number, number];
  const outChannels = depthwise ? inputs * outputs : outputs;
  if (weights.data.length === 0) return null;
  return { node, depthwise, source, weights, weightsName, outChannels, geometry };
}

/** The attributes of a convolution with this geometry, without fused operations. */
export function geometryAttributes({ strides, dilations, padding }: WindowGeometry): GraphNode['attr'] {
  const pads = padding.kind === 'EXPLICIT' ? padding.pads.flat() : null;
  return {
    T: typeAttr('DT_FLOAT'),
    data_format: textAttr('NHWC'),
    strides: intsAttr([1, ...strides, 1]),
    dilations: intsAttr([1, ...dilations, 1]),
    padding: textAttr(padding.kind),
    ...(pads === null ? {} : { explicit_paddings: intsAttr([0, 0, ...pads, 0, 0]) }),
  };
}

/** The operation that convolves, adds a bias and activates in one step. */
export function fusedConvolution(
  { depthwise, source, weightsName, geometry }: Convolution,
  name: string,
  biasName: string,
  activation: 'Relu' | 'Relu6' | null,
): GraphNode {
  return {
    name,
    op: depthwise ? 'FusedDepthwiseConv2dNative' : '_FusedConv2D',
    input: [source, weightsName, biasName],
    attr: {
      ...geometryAttributes(geometry),
      num_args: intAttr(1),
      epsilon: floatAttr(0),
      fused_ops: textsAttr(activation === null ? ['BiasAdd'] : ['BiasAdd', activation]),
    },
  };
}
