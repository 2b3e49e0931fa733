/** Collects the timings of both sides and their agreement, and publishes them to the companion's timing store. */
import type { FrameSource } from '../../capture/frame-source.ts';
import type { LabelAgreement } from '../../domain/labels/label-agreement.ts';
import { classKey, legendOf } from '../../domain/labels/legend.ts';
import type { FrameTimings } from '../../domain/measuring/stage-timings.ts';
import { TimingWindow } from '../../domain/measuring/timing-window.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import type { AgentSegmentation, AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import {
  NO_COMPANION_TIMING,
  type AgentTraffic,
  type CompanionTiming,
  type CompanionTimingStore,
} from './companion-timing-store.ts';
import type { TimingStore } from '../live/public.ts';
import { hostReading } from '../../segmentation/host-log.ts';
import { createSpeedWatch } from './speed-comparison.ts';

const HISTORY_FRAMES = 240;
const TELEMETRY_READINGS = 300;

export interface CompanionMeterParts {
  readonly store: CompanionTimingStore;
  /** The browser's side, measured by the live session. */
  readonly live: () => TimingStore;
  readonly source: () => FrameSource | null;
  readonly now: () => number;
}

export interface CompanionMeter {
  onBrowserFrame(timings: FrameTimings): void;
  onAgentFrame(timings: FrameTimings, segmentation: AgentSegmentation, by: AgentSegmenter): void;
  onAgreement(frameId: number, agreement: LabelAgreement, by: AgentSegmenter): void;
  onTelemetry(telemetry: AnswerOf<'telemetry'>): void;
  /** The model, device, pacing or source changed on either side: the figures start again. */
  reset(): void;
  /** The agent changed: the telemetry starts again. */
  resetTelemetry(): void;
  publish(paired: boolean): void;
}

export function createCompanionMeter({ store, live, source, now }: CompanionMeterParts): CompanionMeter {
  const window = new TimingWindow();
  const speed = createSpeedWatch();
  const begunAt = now();
  let fresh: Partial<CompanionTiming> = {};
  let last: { readonly segmentation: AgentSegmentation; readonly by: AgentSegmenter } | null = null;
  let answered = 0;
  let speedIsStale = false;

  const agentSnapshot = () =>
    window.snapshot({
      sourcePerSecond: live().getState().snapshot?.rates.sourcePerSecond ?? null,
      skipped: source()?.counters().skipped ?? 0,
      memory: null,
    });

  function traffic({ bytesUp, bytesDown, agentStages, dropped }: AgentSegmentation['traffic']): AgentTraffic {
    return { answered, dropped, bytesUp, bytesDown, agentStages };
  }

  return {
    onBrowserFrame({ stages }) {
      speed.pushBrowser(stages);
      speedIsStale = true;
    },
    onAgentFrame(timings, segmentation, by) {
      window.push(timings, now());
      speed.pushAgent(timings.stages);
      speedIsStale = true;
      last = { segmentation, by };
      answered++;
    },
    onAgreement(frameId, agreement, by) {
      const past = fresh.agreementHistory ?? store.getState().agreementHistory;
      const agreementHistory = [...past, { frameId, overall01: agreement.overall01 }].slice(-HISTORY_FRAMES);
      const classes = by.description.classNames.map((_, index) => classKey(by.description, index));
      fresh = { ...fresh, agreement, agreementHistory, classes };
    },
    onTelemetry(told) {
      const reading = { ...hostReading(told), atSeconds: (now() - begunAt) / 1000 };
      const past = fresh.telemetry ?? store.getState().telemetry;
      fresh = { ...fresh, telemetry: [...past, reading].slice(-TELEMETRY_READINGS) };
    },
    reset() {
      window.clear();
      speed.reset();
      last = null;
      answered = 0;
      const { telemetry } = { ...store.getState(), ...fresh };
      fresh = { ...NO_COMPANION_TIMING, telemetry };
    },
    resetTelemetry() {
      fresh = { ...fresh, telemetry: [] };
    },
    publish(paired) {
      if (last !== null) {
        const { segmentation, by } = last;
        fresh = {
          ...fresh,
          agent: agentSnapshot(),
          agentLegend: legendOf(segmentation.labelMap, by.description),
          traffic: traffic(segmentation.traffic),
        };
        last = null;
      }
      if (speedIsStale) fresh = { ...fresh, speed: speed.reading(paired) };
      speedIsStale = false;
      const browser = live().getState().snapshot;
      if (browser !== store.getState().browser) fresh = { ...fresh, browser };
      if (Object.keys(fresh).length > 0) store.setState(fresh);
      fresh = {};
    },
  };
}
