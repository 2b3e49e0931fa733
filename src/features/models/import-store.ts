/** The import of a model: its conversion, its result and the measured changes. */
import { createStore } from 'zustand/vanilla';
import type { ImportReport } from '../../domain/import-report.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { WeightStorage } from '../../domain/import-report.ts';

/** One way to store the weights, and its measured effect. */
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
      /** null if it is unknown. */
      readonly done01: number | null;
    }
  | { readonly kind: 'failed'; readonly name: string; readonly problem: Problem }
  | {
      readonly kind: 'converted';
      readonly name: string;
      readonly runtime: 'tfjs' | 'litert';
      readonly findings: ImportReport;
      /** Title of the picture used to compare the labels. */
      readonly goldenName: string;
      /** Frame time of the published graph on WASM, ms, and its size, px; null until measured, or if it does not run. */
      readonly published: { readonly frameMs: number; readonly inputSize: number } | null;
      /** Empty for a .tflite, which runs unchanged. */
      readonly storages: readonly StorageOption[];
      readonly chosen: WeightStorage;
      readonly checking: boolean;
      /** True while the browser writes it to its storage. */
      readonly keeping: boolean;
      /** Why it could not be stored; null unless that was tried. */
      readonly keepProblem: Problem | null;
    };

export function createImportStore() {
  return createStore<{ readonly current: ImportState }>()(() => ({ current: { kind: 'idle' } }));
}

export type ImportStore = ReturnType<typeof createImportStore>;
