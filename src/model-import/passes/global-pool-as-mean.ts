/** Turns a pool over the whole map into a mean, which works at every picture size. */
import { flagAttr, typeAttr } from '../attribute.ts';
import type { Graph, PassResult } from '../graph.ts';
import { addTensor, draftOf, graphOfDraft } from '../graph-editing.ts';
import { knownGraph } from '../known-graph.ts';
import type { Shape } from '../shape-inference.ts';
import { poolSize, windowGeometry } from '../window-geometry.ts';

/**
 * DeepLab's exporter writes image pooling as an average pool with the map's own size as its window.
 * @param inputShape the shape at which the windows are as large as their maps.
 */
export function globalPoolAsMean(graph: Graph, inputShape: Shape): PassResult {
  const draft = draftOf(graph);
  const { shapes } = knownGraph(graph, inputShape);
  let count = 0;
  for (const node of graph.nodes) {
    const [from = ''] = node.input;
    const size = poolSize(node);
    const [, rows, columns] = shapes.get(from) ?? [];
    const [, rowsLeft, columnsLeft] = shapes.get(node.name) ?? [];
    const isGlobal = size?.[0] === rows && size?.[1] === columns && rowsLeft === 1 && columnsLeft === 1;
    if (node.op !== 'AvgPool' || !isGlobal || windowGeometry(node)?.padding.kind === 'EXPLICIT') continue;
    const axes = addTensor(draft, `${node.name}/axes`, {
      dtype: 'int32',
      shape: [2],
      data: Int32Array.of(1, 2),
    });
    draft.nodes.set(node.name, {
      name: node.name,
      op: 'Mean',
      input: [from, axes],
      attr: { T: typeAttr('DT_FLOAT'), Tidx: typeAttr('DT_INT32'), keep_dims: flagAttr(true) },
    });
    count += 1;
  }
  return { graph: graphOfDraft(draft), count };
}
