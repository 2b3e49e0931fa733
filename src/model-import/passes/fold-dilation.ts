/** Turns SpaceToBatchND -> convolution -> BatchToSpaceND, TensorFlow's old workaround, into one dilated convolution. */
import type { Convolution } from '../convolution.ts';
import { convolutionOf, geometryAttributes } from '../convolution.ts';
import type { Graph, GraphNode, GraphTensor, PassResult } from '../graph.ts';
import { consumersByName } from '../graph.ts';
import { draftOf, graphOfDraft, onlyConsumer } from '../graph-editing.ts';
import type { Pads } from '../window-geometry.ts';
import { samePadsAtStride1 } from '../window-geometry.ts';

/**
 * The detour pads, takes every block-th pixel, convolves without padding, and crops; if the crop only removes padding
 * that filled the last block, that is a convolution dilated by the block with the remaining padding.
 */
export function foldDilation(graph: Graph): PassResult {
  const draft = draftOf(graph);
  const consumers = consumersByName(graph.nodes);
  let count = 0;
  for (const node of graph.nodes) {
    const convolution = convolutionOf(node, graph.tensors);
    const before = draft.nodes.get(convolution?.source ?? '');
    const behind = onlyConsumer(consumers, node.name);
    if (convolution === null || before?.op !== 'SpaceToBatchND' || behind?.op !== 'BatchToSpaceND') continue;
    const dilated = dilatedAttributes(convolution, before, behind, graph.tensors);
    const [source] = before.input;
    if (dilated === null || source === undefined) continue;
    draft.nodes.delete(node.name);
    draft.nodes.set(behind.name, {
      ...node,
      name: behind.name,
      input: [source, convolution.weightsName],
      attr: dilated,
    });
    count += 1;
  }
  return { graph: graphOfDraft(draft), count };
}

function dilatedAttributes(
  { geometry, weights }: Convolution,
  before: GraphNode,
  behind: GraphNode,
  tensors: ReadonlyMap<string, GraphTensor>,
): GraphNode['attr'] | null {
  const { strides, dilations, padding } = geometry;
  if (padding.kind !== 'VALID' || [...strides, ...dilations].some((value) => value !== 1)) return null;
  const block = pairOf(tensors.get(before.input[1] ?? ''));
  const blockBehind = pairOf(tensors.get(behind.input[1] ?? ''));
  if (block === null || block[0] !== blockBehind?.[0] || block[1] !== blockBehind[1]) return null;
  const pads = twoPairsOf(tensors.get(before.input[2] ?? ''));
  const crops = twoPairsOf(tensors.get(behind.input[2] ?? ''));
  if (pads === null || crops === null) return null;
  const kept: Pads = [
    [pads[0][0] - crops[0][0], pads[0][1] - crops[0][1]],
    [pads[1][0] - crops[1][0], pads[1][1] - crops[1][1]],
  ];
  if (kept.flat().some((value) => value < 0)) return null;
  const isSame = kept.every(([start, end], axis) => {
    const reach = (block[axis] as number) * ((weights.shape[axis] as number) - 1) + 1;
    const same = samePadsAtStride1(reach);
    return start === same[0] && end === same[1];
  });
  return geometryAttributes({
    strides,
    dilations: block,
    padding: isSame ? { kind: 'SAME' } : { kind: 'EXPLICIT', pads: kept },
  });
}

function pairOf(tensor: GraphTensor | undefined): readonly [number, number] | null {
  const [height, width] = tensor?.data ?? [];
  if (tensor?.dtype !== 'int32' || tensor.data.length !== 2) return null;
  if (height === undefined || width === undefined || Math.min(height, width) < 1) return null;
  return [height, width];
}

function twoPairsOf(tensor: GraphTensor | undefined): Pads | null {
  const [top, bottom, left, right] = tensor?.data ?? [];
  if (tensor?.dtype !== 'int32' || tensor.data.length !== 4) return null;
  if (top === undefined || bottom === undefined || left === undefined || right === undefined) return null;
  return [
    [top, bottom],
    [left, right],
  ];
}
