/** The way of a TensorFlow graph through the import: read, made fast, described, written twice. */
import { ProblemError } from '../domain/problems/problem.ts';
import { readDeeplabGraph } from './deeplab-graph.ts';
import type { DeeplabGraph } from './deeplab-graph.ts';
import type { Graph } from './graph.ts';
import { GraphError } from './graph-error.ts';
import { graphOf } from './graph-source.ts';
import type { GraphSource } from './graph-source.ts';
import type { ImportReport } from '../domain/import-report.ts';
import type { WeightStorage } from '../domain/import-report.ts';
import type { ModelFacts } from './model-facts.types.ts';
import { knownGraph } from './known-graph.ts';
import { describedSide, modelFacts } from './model-facts.ts';
import { multiplyAdds } from './multiply-adds.ts';
import { optimiseGraph } from './optimise-graph.ts';
import { refuseUnknownOperations } from './supported-operations.ts';
import { writeGraphModel } from './write-graph-model.ts';

export interface ImportFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the bytes, lower-case hex, by whoever can hash natively; left out, it is computed here, ten times as slowly. */
  readonly sha256?: string;
}

export interface ImportOptions {
  /** For messages. */
  readonly name: string;
  /** Of the converted network; the published form is always float32. */
  readonly weights: WeightStorage;
  /** `phase` reads as a sentence's beginning ("Reading the graph"); 0..1 over the whole import, never falling. */
  readonly onProgress: (phase: string, done01: number) => void;
}

export interface ImportedModel {
  readonly runtime: 'tfjs' | 'litert';
  /**
   * To store below models/<id>/. tfjs: model.json and weights.bin (converted), published/model.json and
   * published/weights.bin (as published, only translated). litert: the .tflite, unchanged.
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
