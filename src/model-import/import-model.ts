/** Imports a network from its publisher's files: reads it, optimises it, and reports what it found and did. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ProblemError } from '../domain/problems/problem.ts';
import { readFrozenGraph } from './frozen-graph.ts';
import { GraphError } from './graph-error.ts';
import { readGraphModel } from './graph-model.ts';
import {
  importGraph,
  type ImportedGraph,
  type ImportedModel,
  type ImportFile,
  type ImportOptions,
} from './import-graph.ts';
import type { ModelFacts } from './model-facts.types.ts';
import { describeTflite } from './tflite/describe-tflite.ts';

export type { ImportFile, ImportedModel, ModelFacts };

/**
 * @param files one .pb, one .tflite, or one model.json with its shards; archives go through unpackArchive first.
 * @throws ProblemError import-not-a-model, import-damaged, import-unsupported; for a .tflite also model-invalid.
 */
export function importModel(files: readonly ImportFile[], options: ImportOptions): ImportedModel {
  const main = mainFile(files);
  if (main === null) {
    throw new ProblemError({
      kind: 'import-not-a-model',
      fileName: files[0]?.path ?? options.name,
      detail: 'it is neither a .pb, a .tflite nor a model.json',
    });
  }
  try {
    const imported = importMain(main, files, options);
    options.onProgress('Checking the source', 0.95);
    const sourceFiles = files.map(({ path, bytes, sha256: known }) => ({
      path,
      bytes: bytes.length,
      sha256: known ?? bytesToHex(sha256(bytes)),
    }));
    options.onProgress('Done', 1);
    return { ...imported, report: { ...imported.report, sourceFiles } };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const { kind, message: detail } = error;
    throw new ProblemError({ kind: `import-${kind}`, fileName: main.path, detail }, { cause: error });
  }
}

type Ending = '.tflite' | '.pb' | '.json';

function importMain(main: ImportFile, files: readonly ImportFile[], options: ImportOptions): ImportedGraph {
  switch (endingOf(main)) {
    case '.tflite':
      options.onProgress('Reading the network', 0.05);
      return importTflite(main);
    case '.json':
      return importGraph(() => readGraphModel(main, files), 'TensorFlow.js graph model', options);
    default:
      return importGraph(() => readFrozenGraph(main.bytes), 'frozen TensorFlow graph', options);
  }
}

/** A model.json comes before other JSON files. */
function mainFile(files: readonly ImportFile[]): ImportFile | null {
  const named = files.find(({ path }) => /(^|\/)model\.json$/i.test(path));
  return named ?? files.find((file) => endingOf(file) !== null) ?? null;
}

function endingOf({ path }: ImportFile): Ending | null {
  const endings: readonly Ending[] = ['.tflite', '.pb', '.json'];
  return endings.find((ending) => path.toLowerCase().endsWith(ending)) ?? null;
}

/** @throws ProblemError as describeTflite */
function importTflite({ path, bytes }: ImportFile): ImportedGraph {
  const { facts, operators, customOperators, multiplyAdds, weightBytes, tail } = describeTflite(bytes);
  const count = operators.reduce((sum, operator) => sum + operator.count, 0);
  const lines = [
    { label: 'Format', value: 'TensorFlow Lite' },
    { label: 'Architecture', value: facts.architecture ?? 'unknown' },
    { label: 'Backbone', value: facts.backbone ?? 'unknown' },
    { label: 'Output stride', value: String(facts.outputStride) },
    { label: 'Classes', value: `${facts.classes} (${facts.classList ?? 'of its own'})` },
    { label: 'Input sizes', value: facts.inputSizes.map((size) => `${size} x ${size}`).join(', ') },
    { label: 'Weights', value: facts.precision },
    {
      label: 'Multiply-adds',
      value: multiplyAdds === null ? 'unknown' : `${(multiplyAdds / 1e9).toFixed(2)} billion`,
    },
  ];
  return {
    runtime: 'litert',
    files: [{ path: path.slice(path.lastIndexOf('/') + 1), bytes }],
    facts,
    report: {
      found:
        customOperators.length === 0
          ? lines
          : [...lines, { label: 'Made for', value: `a device that runs ${customOperators.join(', ')}` }],
      folded:
        tail.length === 0 ? [] : [{ pass: 'cut behind the logits when it is loaded', count: tail.length }],
      nodesBefore: count,
      nodesAfter: count - tail.length,
      weightBytes,
      multiplyAdds,
    },
  };
}
