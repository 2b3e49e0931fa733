/** What the Evaluate view shows of a calibration set that is being recorded. */
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../domain/problems/problem.ts';

export const CALIBRATION_FORMATS = ['jpeg', 'png'] as const;
export type CalibrationFormat = (typeof CALIBRATION_FORMATS)[number];

export interface CalibrationPlan {
  /** Pictures wanted, >= 1. */
  readonly pictures: number;
  /** A frame as near as this to a kept one is a near-duplicate, levels of 0..255 (see picture-signature.ts). */
  readonly leastDistance: number;
  /** At most one frame in so many ms is looked at. */
  readonly everyMs: number;
  readonly format: CalibrationFormat;
}

/** 30 pictures, as the thesis took. A camera that turns by a twentieth of its picture moves about 17 levels: refused. */
export const DEFAULT_CALIBRATION: CalibrationPlan = {
  pictures: 30,
  leastDistance: 20,
  everyMs: 500,
  format: 'png',
};

export interface CalibrationPicture {
  readonly id: number;
  /** In the format of the plan, at the size of the source. */
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
  /** To the nearest picture that was kept before it, levels; null for the first. */
  readonly nearest: number | null;
}

export type CalibrationStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'recording' }
  /** As many as wanted, or stopped before. */
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface CalibrationState {
  readonly status: CalibrationStatus;
  /** Of the set that is there; null before the first. */
  readonly plan: CalibrationPlan | null;
  readonly sourceLabel: string;
  readonly pictures: readonly CalibrationPicture[];
  /** Near-duplicates that were not kept. */
  readonly refused: number;
  /** Of the last frame looked at to the nearest kept picture, levels; null before the second. */
  readonly lastDistance: number | null;
  /** Mean distance of all pairs of kept pictures, levels; null for fewer than two. */
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
