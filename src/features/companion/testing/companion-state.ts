/** States of the companion page's stores for component tests: two sides that have run for a while. */
import { agentSetup } from '../../../domain/setup.ts';
import type { AgentDescription } from '../../../domain/agent-description.ts';
import { STAGES, ZERO_TIMINGS, type StageTimings } from '../../../domain/measuring/stage-timings.ts';
import type { TimingSnapshot } from '../../../domain/measuring/timing-snapshot.ts';
import { onPi, PI_MACHINE } from '../../../domain/testing/agent-description.ts';
import { VOC_CLASSES } from '../../../domain/labels/class-list.ts';
import { VOC_COLORMAP, cssColor } from '../../../domain/labels/colormap.ts';
import type { AgentEngineStatus, AgentFacts, AgentState } from '../../agents/agent-store.ts';
import type { CompanionTiming, TelemetryReading } from '../companion-timing-store.ts';
import type { EngineStatus } from '../../../app/session-store.ts';
import { LIVE_SESSION_STATE, liveFrames, liveSnapshot, makeLive } from '../../live/testing/live-state.ts';
import type { RecordingCompanionSession } from './recording-companion-session.ts';

const SHA = 'a'.repeat(64);

export const BROWSER_ENGINE = LIVE_SESSION_STATE.engine as Extract<EngineStatus, { kind: 'running' }>;
export const BROWSER_DESCRIPTION = BROWSER_ENGINE.description;

export const AGENT_FACTS: AgentFacts = {
  agentVersion: '0.1.0',
  host: {
    system: 'linux 6.6.51',
    architecture: 'arm64',
    board: 'Raspberry Pi 4 Model B Rev 1.4',
    cores: 4,
    node: '20.20.0',
  },
  engine: { name: 'TensorFlow Lite', version: '2.9.0' },
  engineSentence: 'TensorFlow Lite 2.9.0 of tfjs-tflite-node',
  edgeTpu: {
    sentence: 'No Coral stick is plugged in.',
    stick: null,
    library: null,
    devices: [],
    testDouble: false,
  },
  models: [
    {
      modelId: 'segscope-mnv2-257-int8',
      bytes: 2_912_345,
      sha256: SHA,
      inputSize: 257,
      inputType: 'int8',
      classes: 21,
      tails: ['stock'],
      notCutBecause: 'It ends in class scores already.',
      operators: 71,
      edgeTpuTwin: null,
    },
    {
      modelId: 'deeplabv3_mnv2_dm05_pascal_quant',
      bytes: 1_234_567,
      sha256: SHA,
      inputSize: 513,
      inputType: 'uint8',
      classes: 21,
      tails: ['cut', 'stock'],
      notCutBecause: null,
      operators: 80,
      edgeTpuTwin: {
        bytes: 1_234_567,
        sha256: SHA,
        operatorsOnTpu: 1,
        operatorsOnCpu: 8,
        operatorsOnCpuCut: 5,
      },
    },
  ],
  unusableModels: [{ modelId: 'broken', reason: 'The file ends in its middle.' }],
};

/** An agent with its Edge TPU stick connected. */
export const CORAL_FACTS: AgentFacts = {
  ...AGENT_FACTS,
  edgeTpu: {
    sentence: 'A Coral USB Accelerator is ready.',
    stick: { state: 'running', megabitsPerSecond: 5000, permitted: true },
    library: { name: 'libedgetpu', version: '16.0' },
    devices: [{ bus: 'usb', path: '/sys/bus/usb/devices/2-1' }],
    testDouble: false,
  },
};

export const AGENT_DESCRIPTION: AgentDescription = onPi(
  {
    ...BROWSER_DESCRIPTION,
    modelId: 'segscope-mnv2-257-int8',
    modelName: 'segscope-mnv2-257-int8',
    files: [{ path: 'segscope-mnv2-257-int8.tflite', bytes: 2_912_345, sha256: SHA }],
    runtime: 'TensorFlow Lite 2.9.0',
    device: PI_MACHINE.board ?? '',
    simd: null,
    threads: 1,
    precision: 'int8',
  },
  { tail: 'stock' },
);

export const RUNNING: Extract<AgentEngineStatus, { kind: 'running' }> = {
  kind: 'running',
  description: AGENT_DESCRIPTION,
  deviceAsked: 'cpu',
  deviceUsed: 'cpu',
  deviceName: 'CPU (Raspberry Pi 4 Model B Rev 1.4) with TensorFlow Lite 2.9.0',
  cold: { readMs: 4.2, prepareMs: 11.3, firstInvokeMs: 96.4 },
};

/** Connected, but its model is not loaded yet. */
export const AGENT: AgentState = {
  id: 'agent-1',
  address: 'localhost:8590',
  connection: { kind: 'open', facts: AGENT_FACTS },
  wanted: agentSetup('segscope-mnv2-257-int8', 257, {
    ...{ agent: 'localhost:8590', device: 'cpu', tail: 'stock', threads: 1 },
  }),
  engine: { kind: 'none' },
};

const AGENT_STAGES: StageTimings = {
  ...ZERO_TIMINGS,
  capture: 3.2,
  encode: 1.1,
  transport: 2.4,
  preprocess: 0.9,
  inference: 18.2,
  postprocess: 1.4,
  paint: 1.2,
};

/** The agent's side: as steady as the browser's, plus encode and transport. */
export function agentSnapshot(change: Partial<TimingSnapshot> = {}): TimingSnapshot {
  const recent = liveFrames(120).map((frame) => {
    const stages = { ...AGENT_STAGES, inference: AGENT_STAGES.inference + ((frame.frameId * 7) % 5) };
    return { ...frame, stages, frameMs: STAGES.reduce((sum, stage) => sum + stages[stage], 0.2) };
  });
  const rows = liveSnapshot().rows.map((row) => {
    const ms = row.key === 'frame' ? 28.6 : row.key === 'wait' ? 2.4 : AGENT_STAGES[row.key];
    return {
      ...row,
      last: ms,
      min: ms * 0.8,
      median: ms,
      mean: ms,
      p90: ms * 1.2,
      p95: ms * 1.3,
      p99: ms * 1.6,
      max: ms * 2,
    };
  });
  return {
    rows,
    recent,
    rates: { framesPerSecond: 17.9, modelPerSecond: 54.9, sourcePerSecond: 30.02, skipped: 1234 },
    memory: null,
    unaccounted01: 0.004,
    ...change,
  };
}

export function telemetry(change: Partial<TelemetryReading> = {}): TelemetryReading {
  return {
    atSeconds: 0,
    thermalZones: [{ name: 'cpu-thermal', celsius: 55.5 }],
    cpuMegahertz: [1800, 1800, 1800, 1800],
    throttling: { now: [], sinceBoot: ['under-voltage'] },
    memory: { totalBytes: 4_000_000_000, availableBytes: 2_900_000_000 },
    serverBytes: 61_000_000,
    engineBytes: 142_000_000,
    ...change,
  };
}

const legend = (shares: Readonly<Record<number, number>>) =>
  Object.entries(shares).map(([index, share01]) => ({
    classIndex: Number(index),
    name: VOC_CLASSES.names[Number(index)] ?? '',
    share01,
    color: cssColor(VOC_COLORMAP[Number(index)] ?? [0, 0, 0]),
  }));

export function liveTiming(change: Partial<CompanionTiming> = {}): CompanionTiming {
  return {
    browser: liveSnapshot(),
    agent: agentSnapshot(),
    agentLegend: legend({ 0: 0.581, 8: 0.301, 12: 0.118 }),
    traffic: {
      answered: 2210,
      dropped: 0,
      bytesUp: 198_167,
      bytesDown: 1391,
      agentStages: {
        wait: 0,
        decode: 0,
        resize: 0.4,
        quantise: 0.5,
        invoke: 18.2,
        postprocess: 0.9,
        encode: 0.5,
        total: 21.3,
      },
    },
    agreement: {
      overall01: 0.9712,
      pixels: 66_049,
      classes: [
        { classIndex: 0, union: 39_000, agreement01: 0.984 },
        { classIndex: 8, union: 20_500, agreement01: 0.951 },
        { classIndex: 12, union: 1400, agreement01: 0 },
        { classIndex: 15, union: 8100, agreement01: 0 },
      ],
      swaps: [
        { left: 15, right: 12, pixels: 1100 },
        { left: 0, right: 8, pixels: 420 },
        { left: 8, right: 0, pixels: 382 },
      ],
    },
    agreementHistory: Array.from({ length: 200 }, (_, index) => ({
      frameId: index + 1,
      overall01: 0.96 + 0.02 * Math.sin(index / 9),
    })),
    classes: VOC_CLASSES.names.map((name, index) => ({
      name,
      color: cssColor(VOC_COLORMAP[index] ?? [0, 0, 0]),
    })),
    speed: {
      paired: true,
      frames: 118,
      segmentation: { value: 2.09, low: 2.04, high: 2.13, faster: 'agent' },
      inference: { value: 2.6, low: 2.55, high: 2.66, faster: 'agent' },
    },
    telemetry: Array.from({ length: 240 }, (_, second) =>
      telemetry({
        atSeconds: second,
        thermalZones: [{ name: 'cpu-thermal', celsius: 48 + second / 20 + Math.sin(second / 6) }],
        cpuMegahertz: Array.from({ length: 4 }, () => (second % 40 < 30 ? 1800 : 1500)),
      }),
    ),
    ...change,
  };
}

/** Fills the stores as they are after some minutes with an agent. */
export function makeCompanionLive({ live, agents, timing }: RecordingCompanionSession): void {
  makeLive(live);
  agents.setState({ agents: [{ ...AGENT, engine: RUNNING }], shownAgentId: AGENT.id });
  timing.setState(liveTiming());
}
