/** The one channel between page and import worker; an import is cancelled by terminating the worker. */
import type { CatalogueEntry, ModelDownload } from '../catalogue/catalogue.ts';
import type { Problem } from '../domain/problems/problem.ts';
import type { ImportReport } from '../domain/import-report.ts';
import type { WeightStorage } from '../domain/import-report.ts';

/** The picture on which the converted network is compared with the published one. */
export interface GoldenPicture {
  /** Absolute. */
  readonly url: string;
  readonly name: string;
}

export type ImportRequest =
  /** Starts the import; the worker then posts answers until everything is checked. */
  | {
      readonly kind: 'convert';
      readonly name: string;
      readonly files: readonly { readonly path: string; readonly file: Blob }[];
      readonly golden: GoldenPicture;
    }
  /** The same for files on the publisher's server. */
  | {
      readonly kind: 'download';
      readonly modelId: string;
      readonly name: string;
      readonly download: ModelDownload;
      readonly golden: GoldenPicture;
    }
  /** Keeps the converted model in the browser; unfinished checks are dropped. */
  | {
      readonly kind: 'keep';
      /** Folder and id; null: the import chooses a name that is not in `taken`. */
      readonly folder: string | null;
      readonly taken: readonly string[];
      readonly weights: WeightStorage;
      readonly known: CatalogueEntry | null;
    };

/** Result of comparing one way of storing the weights. */
export interface StorageCheck {
  readonly weights: WeightStorage;
  /** Weights as stored. */
  readonly bytes: number;
  /**
   * Share of the golden picture's pixels, 0..1, with the same label as in the published network; null: not compared.
   */
  readonly agreement01: number | null;
  /** Why it was not compared; '' if it was. */
  readonly reason: string;
  /** The frame on this machine, WASM, second run: preprocess to labels, ms; null if not measured. */
  readonly frameMs: number | null;
}

export type ImportAnswer =
  | { readonly kind: 'progressed'; readonly phase: string; readonly done01: number | null }
  | {
      readonly kind: 'converted';
      readonly runtime: 'tfjs' | 'litert';
      /** Storages to choose from; none for a .tflite. */
      readonly storages: readonly WeightStorage[];
      readonly report: ImportReport;
    }
  /** ms of a frame through the published graph, before any 'checked'. */
  | { readonly kind: 'published-measured'; readonly frameMs: number; readonly inputSize: number }
  | ({ readonly kind: 'checked' } & StorageCheck)
  | { readonly kind: 'all-checked' }
  | {
      readonly kind: 'kept';
      readonly entry: CatalogueEntry;
      /**
       * null: kept in the browser's file system; otherwise why not, and the files, which last until the page is closed.
       */
      readonly pageOnly: {
        readonly reason: string;
        readonly files: readonly { readonly path: string; readonly file: Blob }[];
      } | null;
    }
  | { readonly kind: 'failed'; readonly problem: Problem };
