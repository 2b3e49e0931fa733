/** Companion state that changes a few times a second: both sides' timings, agreement, who is faster, telemetry. */
import { createStore } from 'zustand/vanilla';
import type { HostReading } from '../../domain/measuring/host-readings.ts';
import type { LabelAgreement } from '../../domain/labels/label-agreement.ts';
import type { ClassKey, LegendEntry } from '../../domain/labels/legend.ts';
import type { TimingSnapshot } from '../../domain/measuring/timing-snapshot.ts';

/** Counted since the agent's model was loaded. */
export interface AgentTraffic {
  readonly answered: number;
  /** Frames that the agent answered with `dropped`. */
  readonly dropped: number;
  /** For the last frame, including message headers. */
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** The agent's own timings of the last frame, ms; `total` is the whole time on the agent. */
  readonly agentStages: {
    readonly wait: number;
    readonly decode: number;
    readonly resize: number;
    readonly quantise: number;
    readonly invoke: number;
    readonly postprocess: number;
    readonly encode: number;
    readonly total: number;
  };
}

/** Browser time divided by agent time; above 1 the agent is faster. */
export interface SpeedFactor {
  readonly value: number;
  /** 95 % bootstrap interval. */
  readonly low: number;
  readonly high: number;
  /** 'neither' if the interval contains 1. */
  readonly faster: 'browser' | 'agent' | 'neither';
}

export interface SpeedComparison {
  /** True: one ratio per frame that both sides processed; false: medians of two independent streams. */
  readonly paired: boolean;
  /** Number of frames used, from the side that has fewer. */
  readonly frames: number;
  /** All time from captured pixels to label map: encode, transport, preprocess, inference, postprocess. */
  readonly segmentation: SpeedFactor;
  readonly inference: SpeedFactor;
}

/** One reading of the agent's machine. */
export interface TelemetryReading extends HostReading {
  /** Seconds since the session began. */
  readonly atSeconds: number;
}

export interface CompanionTiming {
  /** null until the side has painted a frame. */
  readonly browser: TimingSnapshot | null;
  readonly agent: TimingSnapshot | null;
  /** Classes in the agent's last label map; the browser's are in the live session's timing store. */
  readonly agentLegend: readonly LegendEntry[];
  readonly traffic: AgentTraffic | null;
  /** For the last frame that both sides processed; null when free-running or when the class lists differ. */
  readonly agreement: LabelAgreement | null;
  /** Share of agreeing pixels per frame, oldest first, at most 240 frames. */
  readonly agreementHistory: readonly { readonly frameId: number; readonly overall01: number }[];
  /** Names and colours by class index, for `agreement`. */
  readonly classes: readonly ClassKey[];
  /** null until both sides have enough frames. */
  readonly speed: SpeedComparison | null;
  /** For the shown agent, oldest first, at most 300 s. */
  readonly telemetry: readonly TelemetryReading[];
}

export const NO_COMPANION_TIMING: CompanionTiming = {
  browser: null,
  agent: null,
  agentLegend: [],
  traffic: null,
  agreement: null,
  agreementHistory: [],
  classes: [],
  speed: null,
  telemetry: [],
};

export function createCompanionTimingStore() {
  return createStore<CompanionTiming>()(() => NO_COMPANION_TIMING);
}

export type CompanionTimingStore = ReturnType<typeof createCompanionTimingStore>;
