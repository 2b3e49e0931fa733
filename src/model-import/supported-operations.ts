/** The operations of a DeepLab network that TensorFlow.js runs; anything else is refused by name, before it runs. */
import type { Graph } from './graph.ts';
import { GraphError, quoted } from './graph-error.ts';
import { attrText } from './attribute.ts';

const SUPPORTED = new Set(
  [
    'Placeholder Identity StopGradient PreventGradient CheckNumerics Snapshot PlaceholderWithDefault',
    'Conv2D DepthwiseConv2dNative _FusedConv2D FusedDepthwiseConv2dNative BiasAdd',
    'FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 AvgPool MaxPool Mean',
    'Relu Relu6 Sigmoid Tanh Softmax Sqrt Rsqrt Square Neg',
    'Add AddV2 AddN Sub Mul Div RealDiv FloorDiv Maximum Minimum',
    'Pad PadV2 ConcatV2 ResizeBilinear ResizeNearestNeighbor SpaceToBatchND BatchToSpaceND',
    'Shape StridedSlice Slice Pack Squeeze ExpandDims Reshape Transpose Cast ArgMax',
    'Less Greater Equal LogicalAnd Select Range Fill Sum Max Min Floor Ceil Round',
  ].flatMap((line) => line.split(' ')),
);

/** @throws GraphError unsupported */
export function refuseUnknownOperations({ nodes }: Graph): void {
  for (const node of nodes) {
    if (!SUPPORTED.has(node.op)) {
      throw new GraphError(
        'unsupported',
        `${quoted(node.name)} is ${quoted(node.op)}, an operation that is not known here`,
      );
    }
    if (attrText(node, 'data_format') === 'NCHW') {
      throw new GraphError('unsupported', `${quoted(node.name)} has its channels first (NCHW)`);
    }
  }
}
