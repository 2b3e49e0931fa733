/** What the latency panel shows: the numbers of a TimingWindow at one moment, ready to draw. */
import type { FrameTimings, Stage } from './stage-timings.ts';
import type { Summary } from './statistics.ts';

/** ms; statistics over the window. Percentiles: linear interpolation between closest ranks (type 7). */
export interface TimingRow extends Summary {
  /** 'wait' is part of 'capture'; 'frame' is the whole, from the request to the painted frame. */
  readonly key: Stage | 'wait' | 'frame';
  readonly last: number;
}

/** The three rates, 1/s, each under its own name; null while there is nothing to divide. */
export interface Rates {
  /** 1000 / median inference: what the network alone could reach. Never call it FPS. */
  readonly modelPerSecond: number | null;
  /** Painted frames per second of wall clock over the last seconds. */
  readonly framesPerSecond: number | null;
  /** Distinct pictures per second from the source; null for still pictures. */
  readonly sourcePerSecond: number | null;
  /** Source pictures skipped because no request came in time, since the source was opened. */
  readonly skipped: number;
}

export type LeakVerdict = 'measuring' | 'steady' | 'growing';

export interface MemoryReading {
  readonly tensors: number;
  readonly bytes: number;
  /** Growth over the level right after loading. */
  readonly tensorsGrown: number;
  readonly verdict: LeakVerdict;
}

export interface TimingSnapshot {
  readonly rows: readonly TimingRow[];
  /** The last frames, oldest first, at most 120. */
  readonly recent: readonly FrameTimings[];
  readonly rates: Rates;
  readonly memory: MemoryReading | null;
  /** Median share of the frame time that no stage accounts for, 0..1. */
  readonly unaccounted01: number;
}
