/** A Run: one configuration measured for a fixed number of frames or seconds, with everything a reader needs to trust it. */
import { type AnyDescription, placeName } from '../agent-description.ts';
import { type Setup, isAgentSetup } from '../setup.ts';
import type { ColdTimings, Configuration } from './configuration.ts';
import type { HostSummary } from './host-readings.ts';
import type { Stage } from './stage-timings.ts';
import { CODEC_WORDS } from '../frame-codec.ts';

/** Both must be reached: at least so many counted frames, and at least so long. Warm-up frames come before and are not counted. */
export interface RunTarget {
  readonly frames: number;
  readonly seconds: number;
  readonly warmUpFrames: number;
}

/** 20 iterations, as the thesis measured. */
export const QUICK_TARGET: RunTarget = { frames: 20, seconds: 0, warmUpFrames: 10 };
/** At least 1,024 frames and 60 s. */
export const FULL_TARGET: RunTarget = { frames: 1024, seconds: 60, warmUpFrames: 10 };

/** A setup, and the source that it is measured on. */
export interface PlannedRun {
  readonly setup: Setup;
  /** SourceOption key, or REPLAY_KEY for the frames recorded once for the whole plan. */
  readonly sourceKey: string;
}

/** The source key that stands for the frames recorded for the whole plan. */
export const REPLAY_KEY = 'replay';

/** A replay keeps its frames as they are, in memory: at most so many, and at most so many bytes (4 per pixel). */
export const REPLAY_FRAMES_LIMIT = 64;
export const REPLAY_BYTES_LIMIT = 256_000_000;

/** What is to be measured, in this order. */
export interface RunPlan {
  readonly choices: readonly PlannedRun[];
  readonly target: RunTarget;
  /** Frames (at most REPLAY_FRAMES_LIMIT) recorded once from `replaySourceKey` when a choice's source is REPLAY_KEY; 0 otherwise. */
  readonly replayFrames: number;
  readonly replaySourceKey: string | null;
}

/**
 * Counted frames as columns, all of one length, in the order of capture; ms. 'at' is the time of painting since the
 * first counted frame was asked for, for drift and rates.
 */
export type RunColumns = Readonly<Record<Stage | 'frame' | 'wait' | 'at', readonly number[]>>;

/** What happened on the way; any of them speaks against the run. */
export interface RunEvents {
  /** Times the tab was hidden during the run. */
  readonly hidden: number;
  readonly contextLost: boolean;
  /** Another backend ran than was asked for, or on an agent another device: a test double is no Edge TPU. */
  readonly backendChanged: boolean;
  /** Why the run ended before its target: one sentence; null where it did not. */
  readonly endedEarly: string | null;
}

export interface RunMemory {
  readonly tensorsLoaded: number;
  readonly tensorsAfter: number;
  readonly bytesLoaded: number;
  readonly bytesAfter: number;
  /** Left in the worker after closing; 0 unless something leaked. */
  readonly tensorsLeft: number;
}

export const VALIDITY_CHECKS = [
  'target-reached',
  'tab-visible',
  'no-context-loss',
  'no-backend-change',
  'no-throttling',
  'tensors-back',
  'stages-sum-up',
] as const;
export type ValidityCheck = (typeof VALIDITY_CHECKS)[number];

export interface Validity {
  readonly valid: boolean;
  /** One per check, in order; detail is one sentence with its figures. */
  readonly checks: readonly {
    readonly check: ValidityCheck;
    readonly passed: boolean;
    readonly detail: string;
  }[];
}

export interface RunRecord extends PlannedRun {
  /** Version of the shape in which it is kept, see recorded-setup.ts and the published JSON schema. */
  readonly schemaVersion: 1;
  /** Random, unique. */
  readonly id: string;
  /** Given by the person, or made from the configuration. */
  readonly name: string;
  readonly notes: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Frames of the replay that was its source; left out for any other source. Not part of version 1 of the file. */
  readonly replayFrames?: number;
  readonly target: RunTarget;
  readonly configuration: Configuration<AnyDescription>;
  readonly cold: ColdTimings;
  readonly columns: RunColumns;
  /** Different pictures of the source during the run, and those of them that were skipped; null for still pictures. */
  readonly sourcePictures: { readonly unique: number; readonly skipped: number } | null;
  readonly events: RunEvents;
  readonly memory: RunMemory;
  /** The agent's machine while the run was measured; null in the browser, and where the machine told nothing. */
  readonly host: HostSummary | null;
  readonly validity: Validity;
}

export function newestFirst<Item extends { readonly startedAt: string }>(
  items: readonly Item[],
): readonly Item[] {
  return [...items].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** "wasm", "tflite, CPU, raw", "tflite, Edge TPU, JPEG 85": on an agent with what its frames went up as. */
export function placeOf({ setup, configuration }: Pick<RunRecord, 'setup' | 'configuration'>): string {
  const place = placeName(configuration.segmenter);
  return isAgentSetup(setup) ? `${place}, ${CODEC_WORDS[setup.place.codec]}` : place;
}
