/** Moves an offset that TensorFlow's optimiser has placed after a sum back to its convolution. */
import { textAttr, typeAttr } from '../attribute.ts';
import { convolutionOf } from '../convolution.ts';
import type { Graph, GraphNode, GraphTensor, PassResult } from '../graph.ts';
import { consumersByName } from '../graph.ts';
import { draftOf, freshName, graphOfDraft, onlyConsumer, otherInput } from '../graph-editing.ts';

const SUMS = new Set(['Add', 'AddV2', 'AddN']);

/** (a + convolution) + constant = a + (convolution + constant): there it costs nothing. Sums of two become AddV2. */
export function moveOffsets(graph: Graph): PassResult {
  const draft = draftOf(graph);
  const consumers = consumersByName(graph.nodes);
  let count = 0;
  for (const sum of graph.nodes) {
    if (!SUMS.has(sum.op) || sum.input.length !== 2) continue;
    const outer = onlyConsumer(consumers, sum.name);
    if (outer === null || !SUMS.has(outer.op)) continue;
    const offsetName = otherInput(outer, sum.name) ?? '';
    const convolution = sum.input.find(
      (name) =>
        onlyConsumer(consumers, name) !== null && fits(draft.nodes.get(name), offsetName, graph.tensors),
    );
    const other = otherInput(sum, convolution ?? '');
    if (convolution === undefined || other === null) continue;
    const biased = freshName(draft, `${convolution}/offset`);
    draft.nodes.delete(sum.name);
    draft.nodes.delete(outer.name);
    draft.nodes.set(biased, {
      name: biased,
      op: 'BiasAdd',
      input: [convolution, offsetName],
      attr: { T: typeAttr('DT_FLOAT'), data_format: textAttr('NHWC') },
    });
    draft.nodes.set(outer.name, {
      name: outer.name,
      op: 'AddV2',
      input: [other, biased],
      attr: { T: typeAttr('DT_FLOAT') },
    });
    count += 1;
  }
  return { graph: graphOfDraft(draft), count };
}

function fits(
  node: GraphNode | undefined,
  offsetName: string,
  tensors: ReadonlyMap<string, GraphTensor>,
): boolean {
  const convolution = node === undefined ? null : convolutionOf(node, tensors);
  const offset = tensors.get(offsetName);
  if (convolution === null || offset?.dtype !== 'float32') return false;
  return offset.shape.length === 1 && offset.data.length === convolution.outChannels;
}
