/** The import of a model: what is being converted, what came out, what it changed. */
import { createStore } from 'zustand/vanilla';
import type { ImportReport } from '../../domain/import-report.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { WeightStorage } from '../../domain/import-report.ts';

/** One way of storing the weights, and what it was measured to change. */
export interface StorageOption {
  readonly weights: WeightStorage;
  readonly measured:
    | { readonly kind: 'waiting' }
    | {
        readonly kind: 'measured';
        readonly bytes: number;
        /** Share of the golden picture's pixels that keep the published network's label, 0..1. */
        readonly agreement01: number;
        /** A frame on WASM on this machine, ms. */
        readonly frameMs: number | null;
      }
    | { readonly kind: 'unmeasured'; readonly reason: string };
}

export type ImportState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'working';
      readonly name: string;
      readonly phase: string;
      /** null where it cannot be known. */
      readonly done01: number | null;
    }
  | { readonly kind: 'failed'; readonly name: string; readonly problem: Problem }
  | {
      readonly kind: 'converted';
      readonly name: string;
      readonly runtime: 'tfjs' | 'litert';
      readonly findings: ImportReport;
      /** Title of the picture on which the labels are compared. */
      readonly goldenName: string;
      /** A frame through the published graph on WASM, ms, and its size, px; null until measured, or where it does not run. */
      readonly published: { readonly frameMs: number; readonly inputSize: number } | null;
      /** Empty for a .tflite, which runs as it is. */
      readonly storages: readonly StorageOption[];
      readonly chosen: WeightStorage;
      readonly checking: boolean;
      /** True while it is being written into the browser's storage. */
      readonly keeping: boolean;
      /** Why it could not be kept; null unless that was tried. */
      readonly keepProblem: Problem | null;
    };

export function createImportStore() {
  return createStore<{ readonly current: ImportState }>()(() => ({ current: { kind: 'idle' } }));
}

export type ImportStore = ReturnType<typeof createImportStore>;
