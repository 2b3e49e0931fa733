/** The door to imports, downloads and the models that are kept in the browser. */
import type { WeightStorage } from '../../domain/import-report.ts';
import type { ImportStore } from './import-store.ts';

/** A file with its place below what was dropped: "folder/model.json". */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

export interface ModelImports {
  readonly store: ImportStore;
  /** Converts; what was under way is given up. The running model goes on. */
  convert(files: readonly PickedFile[]): void;
  /** Fetches a model of the catalogue from its publisher, then the same. */
  download(modelId: string): void;
  chooseWeights(weights: WeightStorage): void;
  /** Ends what is under way and forgets what was converted. */
  cancel(): void;
  /** Keeps the converted model in the browser and starts it. */
  use(): void;
  /** Deletes a kept model; where it runs, the embedded model takes over. */
  remove(modelId: string): void;
}
