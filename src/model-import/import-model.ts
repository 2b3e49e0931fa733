/** Imports a network from its publisher's files: reads it, makes it fast, and says what was found and done. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ProblemError } from '../domain/problems/problem.ts';
import { readFrozenGraph } from './frozen-graph.ts';
import { GraphError } from './graph-error.ts';
import { readGraphModel } from './graph-model.ts';
import { importGraph } from './import-graph.ts';
import type { ImportFile, ImportedGraph, ImportedModel, ImportOptions } from './import-graph.ts';
import type { ModelFacts } from './model-facts.types.ts';
import { importTflite } from './import-tflite.ts';

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

/** A model.json may come with other JSON beside it; it goes first. */
function mainFile(files: readonly ImportFile[]): ImportFile | null {
  const named = files.find(({ path }) => /(^|\/)model\.json$/i.test(path));
  return named ?? files.find((file) => endingOf(file) !== null) ?? null;
}

function endingOf({ path }: ImportFile): Ending | null {
  const endings: readonly Ending[] = ['.tflite', '.pb', '.json'];
  return endings.find((ending) => path.toLowerCase().endsWith(ending)) ?? null;
}
