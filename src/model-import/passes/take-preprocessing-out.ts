/** Replaces a graph's own pre-processing by its scale and offset alone, where feeding a padded picture is the same. */
import { shapeAttr, typeAttr } from '../attribute.ts';
import type { Graph, GraphNode, PassResult } from '../graph.ts';
import { addTensor, draftOf, freshName, graphOfDraft } from '../graph-editing.ts';
import type { GraphPadding } from '../input-padding.ts';
import { knownGraph } from '../known-graph.ts';
import { effectOf, picturePath } from '../picture-path.ts';
import type { PathEffect, PicturePath } from '../picture-path.ts';

/** Unlike in both sides, and smaller than any network's input: padding shows. */
const PROBE = { height: 17, width: 33 };

export interface PreprocessingTaken extends PassResult {
  /** How the graph wants its picture now. */
  readonly padding: GraphPadding;
  /** Side of the square that the network sees; null where it takes what it is given. */
  readonly fixedSize: number | null;
}

/**
 * Proven by three pictures' sizes: tiny, in between, and full. The graph must only scale values, pad to the right and
 * below to a square with what pixel 127.5 becomes, and resize nothing. Then the input becomes float32 (a byte cannot
 * hold 127.5) and one Mul and one Add are left. Folding those into the first convolution would not be the same: it pads
 * with zeros, which stand for 127.5 only behind them.
 */
export function takePreprocessingOut(graph: Graph): PreprocessingTaken {
  const untouched = { graph, count: 0, padding: { kind: 'outside' } as const, fixedSize: null };
  const path = picturePath(graph);
  const placeholder = graph.nodes.find(({ op }) => op === 'Placeholder');
  if (path === null || placeholder === undefined) return untouched;
  const effect = (height: number, width: number) => effectOf(path, graph, [1, height, width, 3]);
  const tiny = effect(PROBE.height, PROBE.width);
  const side = tiny?.shape[1];
  if (tiny === null || side === undefined) return { ...untouched, ...insidePadding(graph, path) };
  const padsInside = side !== PROBE.height || tiny.shape[2] !== PROBE.width;
  if (padsInside) {
    const proofs = [tiny, effect(side - 16, side - 5), effect(side, side)];
    const alike = proofs.every((one) => one !== null && sameSquare(one, tiny, side));
    if (!alike) return { ...untouched, ...insidePadding(graph, path) };
  }
  return {
    ...scaledOnly(graph, placeholder, path, tiny),
    padding: { kind: 'outside' },
    fixedSize: padsInside ? side : null,
  };
}

function sameSquare(one: PathEffect, tiny: PathEffect, side: number): boolean {
  return (
    one.shape[1] === side &&
    one.shape[2] === side &&
    String(Object.values(one.affine)) === String(Object.values(tiny.affine))
  );
}

/** What the shapes alone tell of a graph whose pre-processing stays in it. */
function insidePadding(
  graph: Graph,
  path: PicturePath,
): { readonly padding: GraphPadding; readonly fixedSize: number | null } {
  const { shapes } = knownGraph(graph, [1, PROBE.height, PROBE.width, 3]);
  const [, height, width] = shapes.get(path.end) ?? [];
  return height !== undefined && height === width
    ? { padding: { kind: 'inside', size: height }, fixedSize: height }
    : { padding: { kind: 'outside' }, fixedSize: null };
}

function scaledOnly(
  graph: Graph,
  placeholder: GraphNode,
  path: PicturePath,
  { affine }: PathEffect,
): PassResult {
  const draft = draftOf(graph);
  const attr = { T: typeAttr('DT_FLOAT') };
  const constant = (values: readonly number[]) => {
    const data = Float32Array.from(new Set(values).size === 1 ? values.slice(0, 1) : values);
    return { dtype: 'float32' as const, shape: data.length === 1 ? [] : [data.length], data };
  };
  const scale = addTensor(draft, 'preprocessing/scale', constant(affine.scale));
  const offset = addTensor(draft, 'preprocessing/offset', constant(affine.offset));
  const scaled = freshName(draft, 'preprocessing/scaled');
  draft.nodes.set(placeholder.name, {
    ...placeholder,
    attr: { dtype: typeAttr('DT_FLOAT'), shape: shapeAttr([1, -1, -1, 3]) },
  });
  if (path.end !== placeholder.name) {
    draft.nodes.delete(path.end);
    draft.nodes.set(scaled, { name: scaled, op: 'Mul', input: [placeholder.name, scale], attr });
    draft.nodes.set(path.end, { name: path.end, op: 'AddV2', input: [scaled, offset], attr });
  }
  return { graph: graphOfDraft(draft), count: path.steps.length };
}
