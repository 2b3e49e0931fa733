/** Imports a TensorFlow graph: optimises, describes and writes it, converted and as published. */
import { ProblemError } from '../domain/problems/problem.ts';
import { readDeeplabGraph, type DeeplabGraph } from './deeplab-graph.ts';
import { valueCount, type Graph } from './graph.ts';
import { GraphError, quoted } from './graph-error.ts';
import { graphOf, type GraphSource } from './graph-source.ts';
import type { ImportReport, WeightStorage } from '../domain/import-report.ts';
import type { ModelFacts } from './model-facts.types.ts';
import { knownGraph, type KnownGraph } from './known-graph.ts';
import { describedSide, modelFacts } from './model-facts.ts';
import { optimiseGraph } from './optimise-graph.ts';
import { writeGraphModel } from './write-graph-model.ts';
import { attrText } from './attribute.ts';

export interface ImportFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the bytes, lower-case hex, if the caller can hash natively; otherwise it is computed here, ten times slower. */
  readonly sha256?: string;
}

export interface ImportOptions {
  /** For messages. */
  readonly name: string;
  /** Of the converted network; the published form is always float32. */
  readonly weights: WeightStorage;
  /** `phase` is a short text ("Reading the graph"); done01 is 0..1 over the whole import and never falls. */
  readonly onProgress: (phase: string, done01: number) => void;
}

export interface ImportedModel {
  readonly runtime: 'tfjs' | 'litert';
  /**
   * To store below models/<id>/. tfjs: model.json and weights.bin (converted), published/model.json and
   * published/weights.bin (as published, in TF.js form). litert: the .tflite, unchanged.
   */
  readonly files: readonly ImportFile[];
  readonly facts: ModelFacts;
  readonly report: ImportReport;
}

export type ImportedGraph = Omit<ImportedModel, 'report'> & {
  readonly report: Omit<ImportReport, 'sourceFiles'>;
};

/** @throws GraphError */
export function importGraph(read: () => GraphSource, format: string, options: ImportOptions): ImportedGraph {
  const { onProgress, weights } = options;
  onProgress('Reading the graph', 0.05);
  const source = graphOf(read());
  refuseUnknownOperations(source);
  const deeplab = deeplabOf(source);
  onProgress('Folding the graph', 0.35);
  const optimised = optimiseGraph(source, deeplab);
  const { graph, folded } = optimised;
  const side = describedSide(optimised);
  const known = knownGraph(graph, [1, side, side, 3]);
  const facts = modelFacts(source, optimised, known, deeplab.inputName, weights);
  const cost = multiplyAdds(graph, known);
  onProgress('Writing the converted network', 0.6);
  const converted = writeGraphModel(graph, weights);
  onProgress('Writing the network as published', 0.8);
  const published = writeGraphModel(source, 'float32');
  return {
    runtime: 'tfjs',
    files: [
      { path: 'model.json', bytes: converted.modelJson },
      { path: 'weights.bin', bytes: converted.weights },
      { path: 'published/model.json', bytes: published.modelJson },
      { path: 'published/weights.bin', bytes: published.weights },
    ],
    facts,
    report: {
      found: [{ label: 'Format', value: format }, ...linesOf(facts, side, cost)],
      folded,
      nodesBefore: source.nodes.length,
      nodesAfter: graph.nodes.length,
      weightBytes: converted.weights.length,
      multiplyAdds: cost,
    },
  };
}

function deeplabOf(source: Graph): DeeplabGraph {
  const constants = [...source.tensors.keys()].map((name) => ({ name, op: 'Const' }));
  try {
    return readDeeplabGraph({ node: [...constants, ...source.nodes] }, '');
  } catch (error) {
    if (error instanceof ProblemError && error.problem.kind === 'model-invalid') {
      throw new GraphError('unsupported', error.problem.detail, { cause: error });
    }
    throw error;
  }
}

function linesOf(facts: ModelFacts, side: number, cost: number | null): ImportReport['found'] {
  const { architecture, backbone, depthMultiplier, outputStride, classes, classList, padding } = facts;
  const width = depthMultiplier === null ? '' : `, depth multiplier ${depthMultiplier}`;
  return [
    { label: 'Architecture', value: architecture ?? 'unknown' },
    { label: 'Backbone', value: `${backbone ?? 'unknown'}${width}` },
    { label: 'Output stride', value: String(outputStride) },
    { label: 'Classes', value: `${classes} (${classList ?? 'of its own'})` },
    { label: 'Input sizes', value: facts.inputSizes.map((size) => `${size} x ${size}`).join(', ') },
    {
      label: 'Padding',
      value: padding.kind === 'inside' ? `by the graph, to ${padding.size}` : 'by Segscope',
    },
    {
      label: 'Multiply-adds',
      value: cost === null ? 'unknown' : `${(cost / 1e9).toFixed(2)} billion at ${side} x ${side}`,
    },
  ];
}

/** @returns null if the size of a convolution's output is unknown. */
function multiplyAdds({ nodes, tensors }: Graph, { shapes }: KnownGraph): number | null {
  let sum = 0;
  for (const { name, op, input } of nodes) {
    const isDepthwise = op === 'DepthwiseConv2dNative' || op === 'FusedDepthwiseConv2dNative';
    if (op !== 'Conv2D' && op !== '_FusedConv2D' && !isDepthwise) continue;
    const output = shapes.get(name);
    const [height, width, channels] = tensors.get(input[1] ?? '')?.shape ?? [];
    if (output === undefined || height === undefined || width === undefined || channels === undefined) {
      return null;
    }
    sum += valueCount(output) * height * width * (isDepthwise ? 1 : channels);
  }
  return sum;
}

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
function refuseUnknownOperations({ nodes }: Graph): void {
  for (const node of nodes) {
    if (!SUPPORTED.has(node.op)) {
      throw new GraphError(
        'unsupported',
        `${quoted(node.name)} is ${quoted(node.op)}, an operation that Segscope does not support`,
      );
    }
    if (attrText(node, 'data_format') === 'NCHW') {
      throw new GraphError('unsupported', `${quoted(node.name)} has its channels first (NCHW)`);
    }
  }
}
