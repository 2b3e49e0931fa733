/** State of the Evaluate view for a calibration set during and after recording. */
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../domain/problems/problem.ts';

export const CALIBRATION_FORMATS = ['jpeg', 'png'] as const;
export type CalibrationFormat = (typeof CALIBRATION_FORMATS)[number];

export interface CalibrationPlan {
  /** Number of pictures to keep, >= 1. */
  readonly pictures: number;
  /** A frame at most this far from a kept one is a near-duplicate, levels of 0..255 (see picture-signature.ts). */
  readonly leastDistance: number;
  /** At most one frame is checked per this many ms. */
  readonly everyMs: number;
  readonly format: CalibrationFormat;
}

/** 30 pictures, as in the thesis. A camera that pans by 1/20 of its picture moves about 17 levels: refused. */
export const DEFAULT_CALIBRATION: CalibrationPlan = {
  pictures: 30,
  leastDistance: 20,
  everyMs: 500,
  format: 'png',
};

export interface CalibrationPicture {
  readonly id: number;
  /** In the plan's format, at the size of the source. */
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
  /** Distance to the nearest picture kept before it, levels; null for the first. */
  readonly nearest: number | null;
}

export type CalibrationStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'recording' }
  /** The set is complete, or recording was stopped earlier. */
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface CalibrationState {
  readonly status: CalibrationStatus;
  /** Pictures of the current set; null before the first set. */
  readonly plan: CalibrationPlan | null;
  readonly sourceLabel: string;
  readonly pictures: readonly CalibrationPicture[];
  /** Near-duplicates that were refused. */
  readonly refused: number;
  /** Distance from the last checked frame to the nearest kept picture, levels; null before the second frame. */
  readonly lastDistance: number | null;
  /** Mean distance over all pairs of kept pictures, levels; null for fewer than two. */
  readonly meanDistance: number | null;
}

export const NO_CALIBRATION: CalibrationState = {
  status: { kind: 'idle' },
  plan: null,
  sourceLabel: '',
  pictures: [],
  refused: 0,
  lastDistance: null,
  meanDistance: null,
};

export function createCalibrationStore() {
  return createStore<CalibrationState>()(() => NO_CALIBRATION);
}

export type CalibrationStore = ReturnType<typeof createCalibrationStore>;
