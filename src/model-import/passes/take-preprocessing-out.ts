/** Replaces a graph's own pre-processing by its scale and offset, if feeding a padded picture gives the same result. */
import { shapeAttr, typeAttr } from '../attribute.ts';
import type { Graph, GraphNode, PassResult } from '../graph.ts';
import { addTensor, draftOf, freshName, graphOfDraft } from '../graph-editing.ts';
import type { GraphPadding } from '../../catalogue/catalogue.ts';
import { knownGraph } from '../known-graph.ts';
import { effectOf, picturePath } from '../picture-path.ts';
import type { PathEffect, PicturePath } from '../picture-path.ts';

/** Different sides, both smaller than any network's input, so that padding shows. */
const PROBE = { height: 17, width: 33 };

/** px */
export interface FixedShape {
  readonly height: number;
  readonly width: number;
}

export interface PreprocessingTaken extends PassResult {
  /** How the graph wants its picture after the pass. */
  readonly padding: GraphPadding;
  /** The input size of the published network; null if it takes any size. */
  readonly fixedShape: FixedShape | null;
}

/**
 * Checked at three picture sizes: tiny, medium and full. The graph must only scale values, pad to the right and
 * below to one size with what pixel 127.5 becomes, and resize nothing. Then the input becomes float32 (a byte cannot
 * hold 127.5) and one Mul and one Add are left. Folding those into the first convolution would not be the same: it pads
 * with zeros, which stand for 127.5 only behind them.
 */
export function takePreprocessingOut(graph: Graph): PreprocessingTaken {
  const untouched = { graph, count: 0, padding: { kind: 'outside' } as const, fixedShape: null };
  const path = picturePath(graph);
  const placeholder = graph.nodes.find(({ op }) => op === 'Placeholder');
  if (path === null || placeholder === undefined) return untouched;
  const effect = (height: number, width: number) => effectOf(path, graph, [1, height, width, 3]);
  const tiny = effect(PROBE.height, PROBE.width);
  const [, height, width] = tiny?.shape ?? [];
  if (tiny === null || height === undefined || width === undefined)
    return { ...untouched, ...insidePadding(graph, path) };
  const padsInside = height !== PROBE.height || width !== PROBE.width;
  if (padsInside) {
    const proofs = [tiny, effect(height - 16, width - 5), effect(height, width)];
    const alike = proofs.every((one) => one !== null && isAlike(one, tiny));
    if (!alike) return { ...untouched, ...insidePadding(graph, path) };
  }
  return {
    ...scaledOnly(graph, placeholder, path, tiny),
    padding: { kind: 'outside' },
    fixedShape: padsInside ? { height, width } : null,
  };
}

function isAlike(one: PathEffect, tiny: PathEffect): boolean {
  return (
    one.shape[1] === tiny.shape[1] &&
    one.shape[2] === tiny.shape[2] &&
    String(Object.values(one.affine)) === String(Object.values(tiny.affine))
  );
}

/** The result for a graph that keeps its pre-processing, from the shapes alone. */
function insidePadding(
  graph: Graph,
  path: PicturePath,
): { readonly padding: GraphPadding; readonly fixedShape: FixedShape | null } {
  const { shapes } = knownGraph(graph, [1, PROBE.height, PROBE.width, 3]);
  const [, height, width] = shapes.get(path.end) ?? [];
  return height !== undefined && height === width
    ? { padding: { kind: 'inside', size: height }, fixedShape: { height, width: height } }
    : { padding: { kind: 'outside' }, fixedShape: null };
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
