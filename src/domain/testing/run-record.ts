/** Run records for tests, drawn from a seed: plausible in shape, never shown as measured. */
import type { Backend } from '../backend.ts';
import type { AgentDescription } from '../agent-description.ts';
import type { Configuration, Pipeline } from '../measuring/configuration.ts';
import type { FrameCodec } from '../frame-codec.ts';
import type { HostSummary } from '../measuring/host-readings.ts';
import type { RunColumns, RunEvents, RunMemory, RunRecord, RunTarget } from '../measuring/run.ts';
import { agentSetup, browserSetup, type AgentSetup, type BrowserSetup } from '../setup.ts';
import { judgeRun } from '../measuring/run-validity.ts';
import { onPi } from './agent-description.ts';
import { normalVariate } from '../measuring/random-variates.ts';
import { seededRandom } from '../measuring/seeded-random.ts';

export interface RunTraits {
  readonly seed: number;
  readonly name: string;
  readonly notes: string;
  readonly modelId: string;
  readonly backend: Backend;
  readonly inputSize: number;
  readonly outputStride: number | null;
  readonly pipeline: Pipeline;
  readonly frames: number;
  /** ms */
  readonly inferenceMs: number;
  /** Growth of the inference from the first to the last frame, as a share. */
  readonly drift: number;
  readonly target: RunTarget;
  readonly events: RunEvents;
  readonly memory: RunMemory;
  readonly sourcePictures: RunRecord['sourcePictures'];
}

export interface AgentTraits {
  readonly codec: FrameCodec;
  readonly host: HostSummary | null;
}

export const NO_EVENTS: RunEvents = {
  hidden: 0,
  contextLost: false,
  backendChanged: false,
  endedEarly: null,
};

export const STEADY_MEMORY: RunMemory = {
  tensorsLoaded: 118,
  tensorsAfter: 118,
  bytesLoaded: 8_454_624,
  bytesAfter: 8_454_624,
  tensorsLeft: 0,
};

/** A run in the browser. */
export interface BrowserRun extends RunRecord {
  readonly setup: BrowserSetup;
  readonly configuration: Configuration;
}

/** A run on an agent. */
export interface AgentRun extends RunRecord {
  readonly setup: AgentSetup;
  readonly configuration: Configuration<AgentDescription>;
}

/** A run whose frames vary by a few percent around `inferenceMs`; valid unless the traits change that. */
export function makeRun(traits: Partial<RunTraits> = {}): BrowserRun {
  const { seed = 1, frames = 20, inferenceMs = 40, drift = 0 } = traits;
  const { modelId = 'segscope-mnv2-257', backend = 'wasm', inputSize = 257, outputStride = 16 } = traits;
  const { pipeline = 'ours', events = NO_EVENTS, memory = STEADY_MEMORY, sourcePictures = null } = traits;
  const { target = { frames, seconds: 0, warmUpFrames: 10 } } = traits;
  const columns = makeColumns(seed, frames, inferenceMs, drift);
  return {
    schemaVersion: 1,
    id: `00000000-0000-4000-8000-${String(seed).padStart(12, '0')}`,
    name: traits.name ?? `${modelId} on ${backend}`,
    notes: traits.notes ?? '',
    startedAt: '2026-11-22T13:45:00.000Z',
    setup: browserSetup(modelId, inputSize, backend, { pipeline }),
    sourceKey: 'sample:astronaut',
    target,
    configuration: {
      segmenter: {
        modelId,
        modelName: `Model ${modelId}`,
        files: [
          { path: 'model.json', bytes: 61_824, sha256: 'ab'.repeat(32) },
          { path: 'group1-shard1of1.bin', bytes: 4_227_312, sha256: 'cd'.repeat(32) },
        ],
        runtime: 'TensorFlow.js 4.22.0',
        backend,
        device: 'x86_64 processor',
        softwareRendered: false,
        simd: true,
        threads: 1,
        float16Textures: null,
        pipeline,
        preprocessing: 'fit',
        inputSize,
        outputStride,
        precision: 'float16',
        classList: 'voc',
        classNames: ['background', 'aeroplane', 'bicycle'],
      },
      source: 'Sample: astronaut',
      sourceWidth: 512,
      sourceHeight: 512,
      pageVisible: true,
      crossOriginIsolated: true,
      hardwareConcurrency: 2,
      userAgent:
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
      date: '2026-11-22T13:45:00.000Z',
      segscopeVersion: '0.1.0',
    },
    cold: {
      startMs: 210.5,
      downloadMs: 34.2,
      parseMs: 61.9,
      firstInferenceMs: 4 * inferenceMs,
      contended: false,
    },
    columns,
    sourcePictures,
    events,
    memory,
    host: null,
    validity: judgeRun({ target, columns, events, memory, host: null }),
  };
}

/** A cool machine without throttling. */
export const HOST: HostSummary = {
  readings: 12,
  temperature: { zone: 'cpu-thermal', min: 51.1, median: 52.6, max: 54 },
  cpuMegahertz: { min: 1500, max: 1800 },
  throttling: { during: [], sinceBoot: [] },
  memory: { totalBytes: 3_980_000_000, leastAvailableBytes: 2_870_000_000 },
  serverBytes: 61_000_000,
  engineBytes: 142_000_000,
};

/** The same on the CPU of an agent, unless `change` overrides it. */
export function makeAgentRun(
  traits: Partial<Omit<RunTraits, 'backend'>> & Partial<AgentTraits> = {},
  change: Partial<AgentDescription> = {},
): AgentRun {
  const { codec = 'rgb8', host = HOST } = traits;
  const run = makeRun({ modelId: 'segscope-mnv2-257-int8', outputStride: null, ...traits });
  const segmenter = onPi(run.configuration.segmenter, {
    runtime: 'TensorFlow Lite 2.9.0',
    device: 'CPU of a Raspberry Pi 4 Model B',
    simd: null,
    precision: 'int8',
    ...change,
  });
  const { modelId, inputSize, agentAddress, deviceAsked, tail } = segmenter;
  return {
    ...run,
    name: traits.name ?? `${modelId} on an agent`,
    setup: agentSetup(modelId, inputSize, {
      agent: agentAddress,
      device: deviceAsked,
      tail,
      threads: 1,
      codec,
    }),
    host,
    validity: judgeRun({ ...run, host }),
    configuration: { ...run.configuration, segmenter },
  };
}

/** On a test double of the Edge TPU. */
export const makeDoubleRun = (traits: Partial<Omit<RunTraits, 'backend'>> = {}): AgentRun =>
  makeAgentRun(traits, {
    device: 'TEST DOUBLE of libedgetpu',
    deviceAsked: 'edgetpu',
    deviceUsed: 'test-double',
    operatorsOnTpu: 1,
    operatorsOnCpu: 8,
  });

/** Columns of frames that take `frameMs`, all of it inference. */
export function inferenceOnly(frameMs: readonly number[], change: Partial<RunColumns> = {}): RunColumns {
  const none = frameMs.map(() => 0);
  let elapsed = 0;
  return {
    capture: none,
    encode: none,
    transport: none,
    preprocess: none,
    inference: frameMs,
    postprocess: none,
    paint: none,
    wait: none,
    frame: frameMs,
    at: frameMs.map((ms) => (elapsed += ms)),
    ...change,
  };
}

function makeColumns(seed: number, frames: number, inferenceMs: number, drift: number): RunColumns {
  const random = seededRandom(seed);
  const around = (ms: number) =>
    Math.round(1000 * Math.max(0, ms * (1 + 0.03 * normalVariate(random)))) / 1000;
  const column = (ms: number) => Array.from({ length: frames }, () => around(ms));
  const capture = column(0.8);
  const transport = column(0.3);
  const preprocess = column(0.9);
  const inference = Array.from({ length: frames }, (_, i) =>
    around(inferenceMs * (1 + (drift * i) / frames)),
  );
  const postprocess = column(0.4);
  const paint = column(0.6);
  const frame = capture.map((ms, i) =>
    [transport, preprocess, inference, postprocess, paint].reduce(
      (sum, stage) => sum + (stage[i] ?? 0),
      ms + 0.1,
    ),
  );
  let elapsed = 0;
  const at = frame.map((ms) => (elapsed += ms));
  const none = frame.map(() => 0);
  return {
    capture,
    encode: none,
    transport,
    preprocess,
    inference,
    postprocess,
    paint,
    wait: none,
    frame,
    at,
  };
}
