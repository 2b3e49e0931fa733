/** Gathers what both sides took and how far they agree, and publishes it to the companion's timing store. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { colormapOf, cssColor } from '../../domain/labels/colormap.ts';
import type { LabelAgreement } from '../../domain/labels/label-agreement.ts';
import type { FrameTimings } from '../../domain/measuring/stage-timings.ts';
import type { TimingSnapshot } from '../../domain/measuring/timing-snapshot.ts';
import { TimingWindow } from '../../domain/measuring/timing-window.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import type { AgentSegmentation, AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import {
  NO_COMPANION_TIMING,
  type AgentTraffic,
  type ClassName,
  type CompanionTiming,
  type CompanionTimingStore,
} from './companion-timing-store.ts';
import type { TimingStore } from '../live/timing-store.ts';
import { hostReading } from '../../segmentation/host-log.ts';
import { legendOf } from '../live/live-meter.ts';
import { createSpeedWatch } from './speed-comparison.ts';

/** As the live meter: frames that the statistics look back on, and that the chart shows. */
const WINDOW_FRAMES = 1024;
const CHART_FRAMES = 120;
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
  /** Another model, device, pacing or source on either side: the figures start anew. */
  reset(): void;
  /** Another agent: its telemetry is not the former one's. */
  resetTelemetry(): void;
  publish(paired: boolean): void;
}

export function createCompanionMeter({ store, live, source, now }: CompanionMeterParts): CompanionMeter {
  const window = new TimingWindow(WINDOW_FRAMES);
  const speed = createSpeedWatch();
  const begunAt = now();
  let fresh: Partial<CompanionTiming> = {};
  let last: { readonly segmentation: AgentSegmentation; readonly by: AgentSegmenter } | null = null;
  let answered = 0;
  let speedIsStale = false;

  function agentSnapshot(): TimingSnapshot {
    const rows = window.rows();
    const inference = rows.find(({ key }) => key === 'inference');
    return {
      rows,
      recent: window.recent(CHART_FRAMES),
      rates: {
        modelPerSecond: inference !== undefined && inference.median > 0 ? 1000 / inference.median : null,
        framesPerSecond: window.framesPerSecond(),
        sourcePerSecond: live().getState().snapshot?.rates.sourcePerSecond ?? null,
        skipped: source()?.counters().skipped ?? 0,
      },
      memory: null,
      unaccounted01: window.unaccounted01(),
    };
  }

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
      fresh = { ...fresh, agreement, agreementHistory, classes: classesOf(by) };
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

function classesOf({ description }: AgentSegmenter): readonly ClassName[] {
  const colormap = colormapOf(description.classList);
  return description.classNames.map((name, index) => ({
    name,
    color: cssColor(colormap[index] ?? [0, 0, 0]),
  }));
}
