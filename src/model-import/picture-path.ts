/** Describes what happens to a pixel between a DeepLab graph's input and its first convolution. */
import { valueCount } from './graph.ts';
import type { Graph, GraphNode, GraphTensor } from './graph.ts';
import { knownGraph } from './known-graph.ts';
import type { KnownGraph } from './known-graph.ts';
import type { Shape } from './shape-inference.ts';

/** value = scale * pixel + offset for red, green, blue. */
export interface PixelAffine {
  readonly scale: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

export interface PicturePath {
  /** Name of the input of the first convolution. */
  readonly end: string;
  /** From after the Placeholder to `end`. */
  readonly steps: readonly GraphNode[];
}

/** How a path treats a picture of one size: null if it does more than scale values and pad right and below. */
export interface PathEffect {
  readonly affine: PixelAffine;
  /** Of `end`. */
  readonly shape: Shape;
}

/** DeepLab pads with its mean pixel. */
export const PADDING_PIXEL = 127.5;

const CONVOLUTIONS = new Set(['Conv2D', 'DepthwiseConv2dNative']);

/** @returns null if the path from the picture to the first convolution has steps with several inputs. */
export function picturePath(graph: Graph): PicturePath | null {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const first = graph.nodes.find(({ op }) => CONVOLUTIONS.has(op));
  const end = first?.input[0];
  if (end === undefined) return null;
  const steps: GraphNode[] = [];
  for (let node = byName.get(end); node !== undefined && steps.length <= byName.size;) {
    if (node.op === 'Placeholder') return { end, steps: steps.reverse() };
    steps.push(node);
    const picture: string | undefined = node.input.find((name) => !graph.tensors.has(name));
    node = byName.get(picture ?? '');
  }
  return null;
}

/** @param inputShape [1, height, width, 3] of the picture. */
export function effectOf(path: PicturePath, graph: Graph, inputShape: Shape): PathEffect | null {
  const known = knownGraph(graph, inputShape);
  let affine: PixelAffine | null = { scale: [1, 1, 1], offset: [0, 0, 0] };
  for (const step of path.steps) {
    affine = affineBehind(step, affine, known);
    if (affine === null) return null;
  }
  const shape = known.shapes.get(path.end);
  return shape?.length === 4 && shape[0] === 1 && shape[3] === 3 ? { affine, shape } : null;
}

function affineBehind(step: GraphNode, before: PixelAffine, known: KnownGraph): PixelAffine | null {
  const [left, right] = step.input;
  switch (step.op) {
    case 'Cast':
    case 'Squeeze':
    case 'ExpandDims':
      return before;
    case 'ResizeBilinear':
    case 'ResizeNearestNeighbor': {
      const from = known.shapes.get(left ?? '');
      const to = known.shapes.get(step.name);
      return from !== undefined && from.join() === to?.join() ? before : null;
    }
    case 'Pad':
    case 'PadV2':
      return padsLikeUs(step, before, known) ? before : null;
  }
  const constant = rgb(known.constants.get(right ?? '')) ?? rgb(known.constants.get(left ?? ''));
  if (constant === null || step.input.length !== 2) return null;
  const constantFirst = known.constants.has(left ?? '');
  const { scale, offset } = before;
  switch (step.op) {
    case 'Mul':
      return { scale: zip(scale, constant, (a, b) => a * b), offset: zip(offset, constant, (a, b) => a * b) };
    case 'Div':
    case 'RealDiv':
      if (constantFirst) return null;
      return { scale: zip(scale, constant, (a, b) => a / b), offset: zip(offset, constant, (a, b) => a / b) };
    case 'Add':
    case 'AddV2':
      return { scale, offset: zip(offset, constant, (a, b) => a + b) };
    case 'Sub':
      return constantFirst ? null : { scale, offset: zip(offset, constant, (a, b) => a - b) };
    default:
      return null;
  }
}

/** Only to the right and below, with the value that a padding pixel would have here. */
function padsLikeUs(step: GraphNode, { scale, offset }: PixelAffine, known: KnownGraph): boolean {
  const paddings = known.constants.get(step.input[1] ?? '')?.data;
  const rank = known.shapes.get(step.input[0] ?? '')?.length;
  if (paddings === undefined || rank === undefined || paddings.length !== rank * 2 || rank < 3) return false;
  const value = step.op === 'Pad' ? 0 : known.constants.get(step.input[2] ?? '')?.data[0];
  const placed = Array.from(paddings).every((count, i) => {
    const axis = Math.floor(i / 2);
    const mayGrow = (axis === rank - 3 || axis === rank - 2) && i % 2 === 1;
    return mayGrow ? count >= 0 : count === 0;
  });
  return (
    placed &&
    scale.every((one, i) => Math.abs(one * PADDING_PIXEL + (offset[i] as number) - (value ?? NaN)) < 1e-5)
  );
}

type Rgb = readonly [number, number, number];

/** A constant as one value per colour channel. */
function rgb(tensor: GraphTensor | undefined): Rgb | null {
  if (tensor?.dtype !== 'float32') return null;
  const count = valueCount(tensor.shape);
  const [red = 0, green = red, blue = red] = tensor.data;
  if (count === 1) return [red, red, red];
  return count === 3 && tensor.shape.at(-1) === 3 ? [red, green, blue] : null;
}

function zip(a: Rgb, b: Rgb, join: (a: number, b: number) => number): Rgb {
  return [join(a[0], b[0]), join(a[1], b[1]), join(a[2], b[2])];
}
