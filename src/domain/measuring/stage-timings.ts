/** Milliseconds per stage of one frame: the one tuple of stages that every path reports. */

/** The stages of a frame in the order in which they happen; a stage that a path does not have is 0. */
export const STAGES = [
  'capture',
  'encode',
  'transport',
  'preprocess',
  'inference',
  'postprocess',
  'paint',
] as const;

export type Stage = (typeof STAGES)[number];

/** Duration of each stage, ms, >= 0. */
export type StageTimings = Readonly<Record<Stage, number>>;

/** The timings of one frame. */
export interface FrameTimings {
  readonly frameId: number;
  readonly stages: StageTimings;
  /** From the pump's request for the frame to the end of painting, ms. */
  readonly frameMs: number;
  /** The part of `stages.capture` spent waiting for a new picture from the source, ms. */
  readonly waitMs: number;
  /** True if the stream was interrupted (tab hidden, frozen, switched) right before this frame. */
  readonly afterGap: boolean;
}

export const ZERO_TIMINGS: StageTimings = {
  capture: 0,
  encode: 0,
  transport: 0,
  preprocess: 0,
  inference: 0,
  postprocess: 0,
  paint: 0,
};

/** Sum of all stages, ms. */
export function sumOfStages(stages: StageTimings): number {
  return STAGES.reduce((sum, stage) => sum + stages[stage], 0);
}

/** The sum of a frame's stages must match its frame time within this share. */
export const ACCOUNTED_TOLERANCE = 0.05;

/**
 * Share of the frame time that no stage accounts for, as |frame - sum| / frame; 0 for an empty frame.
 * Above ACCOUNTED_TOLERANCE the page must say so.
 */
export function unaccountedShare(frame: Pick<FrameTimings, 'stages' | 'frameMs'>): number {
  return frame.frameMs > 0 ? Math.abs(frame.frameMs - sumOfStages(frame.stages)) / frame.frameMs : 0;
}
