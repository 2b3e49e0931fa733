/** Identifies the network of a converted graph: family, size and classes. */
import type { Graph } from './graph.ts';
import { GraphError, quoted } from './graph-error.ts';
import type { ModelFacts } from './model-facts.types.ts';
import type { KnownGraph } from './known-graph.ts';
import type { OptimisedGraph } from './optimise-graph.ts';
import type { WeightStorage } from '../domain/import-report.ts';

/** Classes by training set, background or void included as DeepLab counts them. */
const CLASS_LISTS: Readonly<Record<number, ModelFacts['classList']>> = {
  21: 'voc',
  19: 'cityscapes',
  151: 'ade20k',
};

/** By the scope names that slim gives its networks. */
const BACKBONES: readonly (readonly [RegExp, string])[] = [
  [/mobilenet_?v2/i, 'MobileNetV2'],
  [/mobilenet_?v3/i, 'MobileNetV3'],
  [/xception_?65/i, 'Xception65'],
  [/xception_?71/i, 'Xception71'],
  [/xception_?41/i, 'Xception41'],
  [/resnet_?v1_?101/i, 'ResNet101'],
  [/resnet_?v1_?50/i, 'ResNet50'],
];

/**
 * Inverted residual blocks of MobileNetV2, each with one depthwise convolution; names may be lost, but shapes are not.
 */
const MOBILENET_V2_BLOCKS = 17;

/** Channels of MobileNetV2's first convolution at depth multiplier 1. */
const MOBILENET_V2_STEM = 32;

/**
 * @returns the side at which a graph is described: that of its published figures, or the largest available.
 * @throws GraphError unsupported if it runs at no square size.
 */
export function describedSide({ sizes: { offered, comparable } }: OptimisedGraph): number {
  const [first, ...others] = comparable.length > 0 ? comparable : offered;
  if (first === undefined) {
    throw new GraphError('unsupported', 'it runs at no square size, only at one fixed non-square size');
  }
  return Math.max(first, ...others);
}

/**
 * @param source as published: names say more before nodes are fused.
 * @param known of the converted graph, at describedSide().
 * @throws GraphError unsupported if the logits are not a square grid of scores.
 */
export function modelFacts(
  source: Graph,
  optimised: OptimisedGraph,
  known: KnownGraph,
  inputName: string,
  weights: WeightStorage,
): ModelFacts {
  const { graph, sizes, padding, logitsName } = optimised;
  const side = describedSide(optimised);
  const logits = known.shapes.get(logitsName);
  const [, rows, columns, classes] = logits ?? [];
  if (logits?.length !== 4 || rows === undefined || columns === undefined || classes === undefined) {
    throw new GraphError('unsupported', `the shape of its logits ${quoted(logitsName)} is unknown`);
  }
  if (rows !== columns || rows < 2) {
    throw new GraphError(
      'unsupported',
      `its logits ${quoted(logitsName)} are ${columns} x ${rows}, not a square`,
    );
  }
  // The encoder's last map is the coarsest but for the pooled branch; a decoder's logits are finer.
  const coarsest = graph.nodes.reduce((smallest, { name }) => {
    const shape = known.shapes.get(name);
    const height = shape?.length === 4 ? (shape[1] as number) : rows;
    return height > 1 && height < smallest ? height : smallest;
  }, rows);
  const backbone = backboneOf(source, graph);
  return {
    architecture: coarsest < rows ? 'DeepLab v3+' : 'DeepLab v3',
    backbone,
    depthMultiplier: backbone === 'MobileNetV2' ? stemChannels(graph) / MOBILENET_V2_STEM : null,
    outputStride: Math.round((side - 1) / (coarsest - 1)),
    classes,
    classList: CLASS_LISTS[classes] ?? null,
    inputSizes: sizes.offered,
    comparableSizes: sizes.comparable,
    padding,
    precision: weights,
    inputName,
    logitsName,
  };
}

function backboneOf(source: Graph, graph: Graph): string | null {
  const names = [...source.nodes.map(({ name }) => name), ...source.tensors.keys()];
  const named = BACKBONES.find(([scope]) => names.some((name) => scope.test(name)));
  if (named !== undefined) return named[1];
  const depthwise = graph.nodes.filter(({ op }) => op === 'FusedDepthwiseConv2dNative').length;
  return depthwise === MOBILENET_V2_BLOCKS ? 'MobileNetV2' : null;
}

function stemChannels({ nodes, tensors }: Graph): number {
  const stem = nodes.find(({ op }) => op === '_FusedConv2D' || op === 'Conv2D');
  return tensors.get(stem?.input[1] ?? '')?.shape[3] ?? NaN;
}
