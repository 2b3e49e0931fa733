/** Fuses convolution, bias and activation into one operation. */
import { convolutionOf, fusedConvolution } from '../convolution.ts';
import type { Graph, PassResult } from '../graph.ts';
import { consumersByName } from '../graph.ts';
import { draftOf, graphOfDraft, onlyConsumer } from '../graph-editing.ts';

export function fuseConvolutions(graph: Graph): PassResult {
  const draft = draftOf(graph);
  const consumers = consumersByName(graph.nodes);
  let count = 0;
  for (const node of graph.nodes) {
    const convolution = convolutionOf(node, graph.tensors);
    const biased = onlyConsumer(consumers, node.name);
    if (convolution === null || biased?.op !== 'BiasAdd' || biased.input[0] !== node.name) continue;
    const biasName = biased.input[1] ?? '';
    const bias = graph.tensors.get(biasName);
    if (bias?.dtype !== 'float32' || bias.data.length !== convolution.outChannels) continue;
    if (bias.shape.length !== 1) continue;
    const behind = onlyConsumer(consumers, biased.name);
    const activation = behind?.op === 'Relu' || behind?.op === 'Relu6' ? behind.op : null;
    const end = behind !== null && activation !== null ? behind : biased;
    draft.nodes.delete(node.name);
    draft.nodes.delete(biased.name);
    draft.nodes.delete(end.name);
    draft.nodes.set(end.name, fusedConvolution(convolution, end.name, biasName, activation));
    count += 1;
  }
  return { graph: graphOfDraft(draft), count };
}
