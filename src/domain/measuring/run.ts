/**
 * A Run: one configuration measured for a fixed number of frames or seconds, with everything a reader needs to trust
 * it.
 */
import { type AnyDescription, placeName } from '../agent-description.ts';
import { type Setup, isAgentSetup } from '../setup.ts';
import type { ColdTimings, Configuration } from './configuration.ts';
import type { HostSummary } from './host-readings.ts';
import type { Stage } from './stage-timings.ts';
import { CODEC_WORDS } from '../frame-codec.ts';

/**
 * The run must reach both: at least this many counted frames, and at least this long. Warm-up frames come first and are
 * not counted.
 */
export interface RunTarget {
  readonly frames: number;
  readonly seconds: number;
  readonly warmUpFrames: number;
}

/** 20 iterations, as the thesis measured. */
export const QUICK_TARGET: RunTarget = { frames: 20, seconds: 0, warmUpFrames: 10 };
/** At least 1,024 frames and 60 s. */
export const FULL_TARGET: RunTarget = { frames: 1024, seconds: 60, warmUpFrames: 10 };

/** A setup, and the source to measure it on. */
export interface PlannedRun {
  readonly setup: Setup;
  /** SourceOption key, or REPLAY_KEY for the frames recorded once for the whole plan. */
  readonly sourceKey: string;
}

/** The source key for the frames recorded once for the whole plan. */
export const REPLAY_KEY = 'replay';

/** A replay keeps its frames uncompressed in memory: at most this many, and at most this many bytes (4 per pixel). */
export const REPLAY_FRAMES_LIMIT = 64;
export const REPLAY_BYTES_LIMIT = 256_000_000;

/** What to measure, in this order. */
export interface RunPlan {
  readonly choices: readonly PlannedRun[];
  readonly target: RunTarget;
  /** Frames (at most REPLAY_FRAMES_LIMIT) recorded once from `replaySourceKey` when a choice's source is REPLAY_KEY; 0 otherwise. */
  readonly replayFrames: number;
  readonly replaySourceKey: string | null;
}

/**
 * Counted frames as columns, all of one length, in the order of capture; ms. 'at' is the time of painting since the
 * request for the first counted frame, for drift and rates.
 */
export type RunColumns = Readonly<Record<Stage | 'frame' | 'wait' | 'at', readonly number[]>>;

/** Events during the run; any of them makes it invalid. */
export interface RunEvents {
  /** Times the tab was hidden during the run. */
  readonly hidden: number;
  readonly contextLost: boolean;
  /** The backend, or on an agent the device, differs from the requested one: a test double is not an Edge TPU. */
  readonly backendChanged: boolean;
  /** Why the run ended before its target: one sentence; null if it did not. */
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
  /** Version of the stored shape, see recorded-setup.ts and the published JSON schema. */
  readonly schemaVersion: 1;
  /** Random, unique. */
  readonly id: string;
  /** Given by the user, or made from the configuration. */
  readonly name: string;
  readonly notes: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /**
   * Number of frames in the replay that was its source; absent for any other source. Not part of version 1 of the file.
   */
  readonly replayFrames?: number;
  readonly target: RunTarget;
  readonly configuration: Configuration<AnyDescription>;
  readonly cold: ColdTimings;
  readonly columns: RunColumns;
  /** Distinct pictures of the source during the run, and how many of them were skipped; null for still pictures. */
  readonly sourcePictures: { readonly unique: number; readonly skipped: number } | null;
  readonly events: RunEvents;
  readonly memory: RunMemory;
  /** The agent's machine during the run; null in the browser, and if the machine reported nothing. */
  readonly host: HostSummary | null;
  readonly validity: Validity;
}

export function newestFirst<Item extends { readonly startedAt: string }>(
  items: readonly Item[],
): readonly Item[] {
  return [...items].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** "wasm", "tflite, CPU, raw", "tflite, Edge TPU, JPEG 85": on an agent, with the codec of its frames. */
export function placeOf({ setup, configuration }: Pick<RunRecord, 'setup' | 'configuration'>): string {
  const place = placeName(configuration.segmenter);
  return isAgentSetup(setup) ? `${place}, ${CODEC_WORDS[setup.place.codec]}` : place;
}
