/** The one channel between page and import worker; a cancelled import is a worker that was ended. */
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
  /** Begins; the worker then answers on its own until everything is checked. */
  | {
      readonly kind: 'convert';
      readonly name: string;
      readonly files: readonly { readonly path: string; readonly file: Blob }[];
      readonly golden: GoldenPicture;
    }
  /** The same from the publisher's server. */
  | {
      readonly kind: 'download';
      readonly modelId: string;
      readonly name: string;
      readonly download: ModelDownload;
      readonly golden: GoldenPicture;
    }
  /** Keeps the converted model in the browser; what is not checked by then stays unchecked. */
  | {
      readonly kind: 'keep';
      /** Folder and id; null: named by the import, none of `taken`. */
      readonly folder: string | null;
      readonly taken: readonly string[];
      readonly weights: WeightStorage;
      readonly known: CatalogueEntry | null;
    };

/** How far one way of storing the weights has been measured. */
export interface StorageCheck {
  readonly weights: WeightStorage;
  /** Weights as stored. */
  readonly bytes: number;
  /** Share of the golden picture's pixels, 0..1, that have the published network's label; null: could not be compared. */
  readonly agreement01: number | null;
  /** Why not; '' where it was compared. */
  readonly reason: string;
  /** The frame on this machine, WASM, second run: preprocess to labels, ms; null where not measured. */
  readonly frameMs: number | null;
}

export type ImportAnswer =
  | { readonly kind: 'progressed'; readonly phase: string; readonly done01: number | null }
  | {
      readonly kind: 'converted';
      readonly runtime: 'tfjs' | 'litert';
      /** Storage ways that can be chosen; one for a .tflite. */
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
      /** null: kept in the browser's file system; else why not, and the files for as long as the page stays open. */
      readonly pageOnly: {
        readonly reason: string;
        readonly files: readonly { readonly path: string; readonly file: Blob }[];
      } | null;
    }
  | { readonly kind: 'failed'; readonly problem: Problem };
