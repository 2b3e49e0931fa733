/** Merges a Pad with zeros into the convolution after it. */
import { convolutionOf, geometryAttributes } from '../convolution.ts';
import type { Graph, GraphNode, GraphTensor, PassResult } from '../graph.ts';
import type { Pads, WindowGeometry } from '../window-geometry.ts';
import { samePadsAtStride1 } from '../window-geometry.ts';

/** Only before a convolution that adds no padding itself; the Pad is removed once it is unused. */
export function foldPadding(graph: Graph): PassResult {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  let count = 0;
  const nodes = graph.nodes.map((node) => {
    const convolution = convolutionOf(node, graph.tensors);
    if (convolution?.geometry.padding.kind !== 'VALID') return node;
    const pad = byName.get(convolution.source);
    const pads = pad === undefined ? null : zeroPads(pad, graph.tensors);
    const source = pad?.input[0];
    if (pads === null || source === undefined) return node;
    count += 1;
    const { geometry, weights, weightsName } = convolution;
    return {
      ...node,
      input: [source, weightsName],
      attr: geometryAttributes({ ...geometry, padding: paddingFor(pads, geometry, weights) }),
    };
  });
  return { graph: { nodes, tensors: graph.tensors }, count };
}

/** SAME would be shorter, but at larger strides its padding depends on the size of the picture. */
function paddingFor(pads: Pads, geometry: WindowGeometry, weights: GraphTensor): WindowGeometry['padding'] {
  const isSame = pads.every(([start, end], axis) => {
    const reach = (geometry.dilations[axis] as number) * ((weights.shape[axis] as number) - 1) + 1;
    const same = samePadsAtStride1(reach);
    return geometry.strides[axis] === 1 && start === same[0] && end === same[1];
  });
  return isSame ? { kind: 'SAME' } : { kind: 'EXPLICIT', pads };
}

function zeroPads(node: GraphNode, tensors: ReadonlyMap<string, GraphTensor>): Pads | null {
  if (node.op !== 'Pad' && node.op !== 'PadV2') return null;
  if (node.op === 'PadV2' && tensors.get(node.input[2] ?? '')?.data[0] !== 0) return null;
  const paddings = tensors.get(node.input[1] ?? '');
  if (paddings?.dtype !== 'int32' || paddings.data.length !== 8) return null;
  const [b0, b1, top, bottom, left, right, c0, c1] = Array.from(paddings.data) as [
    ...Pads[0],
    ...Pads[0],
    ...Pads[0],
    ...Pads[0],
  ];
  if ([b0, b1, c0, c1].some((value) => value !== 0)) return null;
  if (Math.min(top, bottom, left, right) < 0) return null;
  return [
    [top, bottom],
    [left, right],
  ];
}
