/** States of the stores for component tests: a page that has been running for a while on a slow machine. */
import {
  STAGES,
  ZERO_TIMINGS,
  type FrameTimings,
  type StageTimings,
} from '../../../domain/measuring/stage-timings.ts';
import type { TimingRow, TimingSnapshot } from '../../../domain/measuring/timing-snapshot.ts';
import type { SessionState } from '../../../app/session-store.ts';
import type { LegendEntry } from '../../../domain/labels/legend.ts';
import { VOC_CLASSES } from '../../../domain/labels/class-list.ts';
import { VOC_COLORMAP, cssColor } from '../../../domain/labels/colormap.ts';
import type { RecordingSession } from './recording-session.ts';

const SHA = '3f1c9a5e0b7d24681357acef9b8d7c6e5f40312233445566778899aabbccddee';

export const READY_MODEL = {
  id: 'segscope-mnv2-257',
  name: 'Segscope MobileNetV2',
  summary: 'MobileNetV2, output stride 16, VOC trainaug, 257 px',
  inputSizes: [257, 385, 513],
  pipelines: ['ours', 'stock'],
  availability: { kind: 'ready' },
  licence: 'Apache-2.0',
  source: 'trained for Segscope',
  published: null,
  kept: null,
  download: null,
} as const;

export const ABSENT_MODEL = {
  ...READY_MODEL,
  id: 'xception65_coco_voc_trainval',
  name: 'Xception-65, COCO + VOC trainval',
  summary: 'Xception-65, output stride 8, 513 px',
  pipelines: ['ours'],
  availability: {
    kind: 'absent',
    howToGet: 'Place its files in public/models/xception65_coco_voc_trainval/.',
  },
} as const;

export const LIVE_SESSION_STATE: Partial<SessionState> = {
  sourceOptions: [
    { key: 'camera:a', kind: 'camera', label: 'HD Webcam (046d:0825)' },
    { key: 'moving:chelsea', kind: 'moving-sample', label: 'Cat, moving' },
    { key: 'sample:astronaut', kind: 'sample', label: 'Astronaut' },
  ],
  source: {
    kind: 'open',
    key: 'moving:chelsea',
    label: 'moving sample: chelsea',
    width: 640,
    height: 480,
    moving: true,
    isCamera: false,
  },
  catalogue: { kind: 'ready', models: [READY_MODEL, ABSENT_MODEL] },
  engine: {
    kind: 'running',
    description: {
      modelId: READY_MODEL.id,
      modelName: READY_MODEL.name,
      files: [
        { path: 'model.json', bytes: 91_234, sha256: SHA },
        { path: 'group1-shard1of1.bin', bytes: 4_212_345, sha256: SHA.replaceAll('3', 'd') },
      ],
      runtime: 'TensorFlow.js 4.22.0',
      backend: 'wasm',
      device: 'processor, 2 logical cores',
      softwareRendered: false,
      simd: true,
      threads: 2,
      float16Textures: null,
      pipeline: 'ours',
      preprocessing: 'fit',
      inputSize: 257,
      outputStride: 16,
      precision: 'float16',
      classList: 'voc',
      classNames: VOC_CLASSES.names,
    },
    cold: { startMs: 61, downloadMs: 118, parseMs: 43.4, firstInferenceMs: 96.2, contended: false },
    why: 'WASM was the fastest backend measured on this machine.',
  },
  trials: [
    {
      backend: 'wasm',
      threads: null,
      outcome: { kind: 'measured', medianMs: 47.3, device: 'processor', remembered: false },
    },
    {
      backend: 'webgl',
      threads: null,
      outcome: { kind: 'skipped', reason: 'software rendering (SwiftShader)' },
    },
    {
      backend: 'webgpu',
      threads: null,
      outcome: { kind: 'failed', reason: 'this browser offers no adapter' },
    },
  ],
};

const LIVE_STAGES: StageTimings = {
  ...ZERO_TIMINGS,
  capture: 3.2,
  transport: 0.4,
  preprocess: 2.1,
  inference: 47.3,
  postprocess: 0.35,
  paint: 1.2,
};

/** Frames whose inference wavers a little, deterministically; one interruption on the way. */
export function liveFrames(count: number, firstId = 1): readonly FrameTimings[] {
  return Array.from({ length: count }, (_, index) => {
    const id = firstId + index;
    const inference = LIVE_STAGES.inference + 8 * Math.sin(id / 5) + ((id * 7) % 11);
    const capture = LIVE_STAGES.capture + ((id * 5) % 9);
    const stages = { ...LIVE_STAGES, inference, capture };
    const frameMs = STAGES.reduce((sum, stage) => sum + stages[stage], 0.2);
    return { frameId: id, stages, frameMs, waitMs: capture - 1, afterGap: id % 90 === 45 };
  });
}

const LIVE_LEGEND: readonly LegendEntry[] = [0, 8, 15].map((classIndex, index) => ({
  classIndex,
  name: VOC_CLASSES.names[classIndex] ?? '',
  share01: [0.57, 0.31, 0.12][index] ?? 0,
  color: cssColor(VOC_COLORMAP[classIndex] ?? [0, 0, 0]),
}));

function row(key: TimingRow['key'], ms: number): TimingRow {
  const statistics = { min: ms * 0.8, median: ms, mean: ms * 1.02, p90: ms * 1.2, p95: ms * 1.3 };
  return { key, n: 120, last: ms * 1.01, ...statistics, p99: ms * 1.6, max: ms * 2 };
}

export function liveSnapshot(change: Partial<TimingSnapshot> = {}): TimingSnapshot {
  return {
    rows: [...STAGES.map((stage) => row(stage, LIVE_STAGES[stage])), row('wait', 2.4), row('frame', 54.75)],
    recent: liveFrames(120),
    rates: { framesPerSecond: 17.9, modelPerSecond: 21.14, sourcePerSecond: 30.02, skipped: 1234 },
    memory: { tensors: 312, bytes: 8_612_345, tensorsGrown: 0, verdict: 'steady' },
    unaccounted01: 0.003,
    ...change,
  };
}

/** Fills the stores as after some minutes of running. */
export function makeLive({ session, timing }: RecordingSession): void {
  session.setState(LIVE_SESSION_STATE);
  timing.setState({ snapshot: liveSnapshot(), legend: LIVE_LEGEND });
}
