/** The picture of a comparison for reports: both sides, their agreement and their figures, all from one instant. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { agentDeviceName, ranOnDouble, type AgentDescription } from '../../domain/agent-description.ts';
import type { SegmenterDescription } from '../../domain/measuring/configuration.ts';
import { summariseHost, throttledWhile, type HostSummary } from '../../domain/measuring/host-readings.ts';
import { formatRatio } from '../../domain/quantity.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import { throttlingWords } from '../../domain/measuring/throttling.ts';
import { drawCompanionPicture, type ComparedSide } from '../../paint/companion-picture.ts';
import { screenshotFileName } from '../../paint/file-name.ts';
import type { CompanionTiming, SpeedComparison } from './companion-timing-store.ts';
import type { ScreenshotFile } from '../live/public.ts';
import { SEGSCOPE_VERSION } from '../../app/version.ts';

/** The canvas of each picture; null if it is not painted. */
export interface CompanionCanvases {
  readonly browser: HTMLCanvasElement | null;
  readonly agent: HTMLCanvasElement | null;
  readonly agreement: HTMLCanvasElement | null;
}

export interface CompanionScreenshotParts {
  readonly browser: SegmenterDescription | null;
  readonly agent: AgentDescription | null;
  readonly source: FrameSource | null;
  readonly timing: CompanionTiming;
  readonly canvases: CompanionCanvases;
  readonly date: Date;
}

/** @throws ProblemError screenshot-failed unless both sides run */
export async function companionScreenshot(parts: CompanionScreenshotParts): Promise<ScreenshotFile> {
  const { browser, agent, source, timing, canvases, date } = parts;
  if (browser === null || agent === null || source === null || canvases.agent === null) {
    throw new ProblemError({ kind: 'screenshot-failed', detail: 'browser and agent do not both run' });
  }
  const device = agentDeviceName(agent.deviceUsed);
  const host = summariseHost(timing.telemetry);
  const pictures = [
    sideOf(`Browser: ${browser.backend}`, canvases.browser),
    sideOf(`Agent: ${device}`, canvases.agent),
    timing.agreement === null ? null : sideOf('Agreement', canvases.agreement),
  ].filter((side) => side !== null);
  const blob = await drawCompanionPicture({
    title: `${browser.modelName} on ${browser.backend} and ${agent.modelName} on ${device}`,
    warning: warningOf(agent, host),
    pictures,
    figures: figureLines(timing, agent),
    tables: [
      { caption: `Browser (${browser.backend}), ms`, rows: timing.browser?.rows ?? [] },
      { caption: `Agent (${device}), ms`, rows: timing.agent?.rows ?? [] },
    ],
    configurationLines: [
      `Browser: ${browser.modelName} (${browser.modelId}), ${browser.precision}, ${browser.runtime}, ${browser.backend} on ${browser.device}, input ${browser.inputSize}; ${hashes(browser)}`,
      `Agent ${agent.agentAddress}: ${agent.modelId}, ${agent.precision}, ${agent.tail} tail, ${agent.runtime}, ${agent.device}, ${String(agent.threads)} threads, input ${agent.inputSize}; ${machineWords(agent)}; ${hashes(agent)}`,
      ...hostLines(host),
      `${source.label}, ${source.width} x ${source.height}; ${date.toISOString()}; Segscope ${SEGSCOPE_VERSION}; ${navigator.userAgent}`,
    ],
  });
  const backend = `${browser.backend}-and-${agent.deviceUsed}`;
  return {
    fileName: screenshotFileName({ modelId: browser.modelId, backend, date, kind: 'comparison' }),
    title: 'comparison',
    blob,
  };
}

/** The warning that readers must see; null if there is none. */
export function warningOf(agent: AgentDescription, host: HostSummary | null): string | null {
  if (ranOnDouble(agent)) {
    return 'TEST DOUBLE: no Edge TPU took part in this, its times and labels mean nothing.';
  }
  const reasons = throttledWhile(host);
  return reasons.length === 0
    ? null
    : `The agent's machine was throttled meanwhile (${throttlingWords(reasons)}): not to be quoted.`;
}

/** The machine's state over the readings in the store, which cover at most the last five minutes. */
export function hostLines(host: HostSummary | null): readonly string[] {
  if (host === null) return [];
  const { temperature, cpuMegahertz, throttling, readings } = host;
  const words = [
    temperature === null
      ? 'temperature not told'
      : `${temperature.zone} ${temperature.min.toFixed(1)} to ${temperature.max.toFixed(1)} °C`,
    cpuMegahertz === null
      ? 'clock not told'
      : `clock ${cpuMegahertz.min.toFixed(0)} to ${cpuMegahertz.max.toFixed(0)} MHz`,
    throttling === null ? 'throttling not told' : `throttled: ${throttlingWords(throttling.during)}`,
  ];
  return [`The agent's machine over the last ${readings} s: ${words.join(', ')}.`];
}

function sideOf(caption: string, picture: HTMLCanvasElement | null): ComparedSide | null {
  return picture === null || picture.width === 0 ? null : { caption, picture };
}

function machineWords({ machine }: AgentDescription): string {
  const { board, system, agentVersion, edgeTpuLibrary, usbPort } = machine;
  return [
    board ?? system,
    `agent ${agentVersion}`,
    edgeTpuLibrary ?? 'no libedgetpu',
    ...(usbPort === null ? [] : [`stick on ${usbPort}`]),
  ].join(', ');
}

function hashes({ files }: Pick<SegmenterDescription, 'files'>): string {
  return `SHA-256 ${files.map(({ path, sha256 }) => `${path} ${sha256.slice(0, 12)}`).join(', ')}`;
}

/** The printed figures of the comparison; no figures if the agent ran on a test double. */
export function figureLines(
  { agreement, speed }: Pick<CompanionTiming, 'agreement' | 'speed'>,
  agent: AgentDescription,
): readonly string[] {
  if (ranOnDouble(agent)) return ['Not compared: the agent ran on a TEST DOUBLE.'];
  return [
    ...(agreement === null
      ? []
      : [`Both agree on ${(agreement.overall01 * 100).toFixed(1)} % of the pixels of this frame.`]),
    ...(speed === null ? [] : [speedLine(speed)]),
  ];
}

function speedLine({ segmentation, frames, paired }: SpeedComparison): string {
  const { value, low, high, faster } = segmentation;
  const basis = `${paired ? 'paired, ' : ''}${frames} frames, 95 % interval`;
  if (faster === 'neither') {
    return `Neither side is faster: browser over agent ${formatRatio(value)} (${formatRatio(low)} to ${formatRatio(high)}; ${basis}).`;
  }
  // The factor is "how many times as fast", so the slower side's time is the numerator.
  const [factor, from, to] = faster === 'agent' ? [value, low, high] : [1 / value, 1 / high, 1 / low];
  return `The ${faster} is ${formatRatio(factor)} times as fast (${formatRatio(from)} to ${formatRatio(to)}; ${basis}).`;
}
