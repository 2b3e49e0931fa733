import { beforeEach, expect, test } from 'vitest';
import type { LabelAgreement } from '../../domain/labels/label-agreement.ts';
import { ZERO_TIMINGS, type FrameTimings } from '../../domain/measuring/stage-timings.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import type { AgentSegmentation, AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import { createCompanionTimingStore, type CompanionTimingStore } from './companion-timing-store.ts';
import { createTimingStore, type TimingStore } from '../live/timing-store.ts';
import { createCompanionMeter, type CompanionMeter } from './companion-meter.ts';
import { AGENT_DESCRIPTION } from '../../segmentation/testing/fake-segmenters.ts';

let time: number;
let store: CompanionTimingStore;
let live: TimingStore;
let meter: CompanionMeter;

beforeEach(() => {
  time = 0;
  store = createCompanionTimingStore();
  live = createTimingStore();
  meter = createCompanionMeter({ store, live: () => live, source: () => null, now: () => time });
});

const BY = {
  description: { ...AGENT_DESCRIPTION, classNames: ['background', 'aeroplane'] },
} as unknown as AgentSegmenter;

const timings = (frameId: number, inference: number): FrameTimings => ({
  frameId,
  stages: { ...ZERO_TIMINGS, transport: 2, inference },
  frameMs: inference + 2,
  waitMs: 0,
  afterGap: false,
});

const segmentation = (dropped = 0): AgentSegmentation => ({
  labelMap: { width: 2, height: 1, labels: Uint8Array.of(0, 1) },
  frame: {} as AgentSegmentation['frame'],
  stages: { encode: 0, transport: 2, preprocess: 0, inference: 5, postprocess: 0 },
  memory: { tensors: 0, bytes: 0 },
  traffic: {
    bytesUp: 100,
    bytesDown: 10,
    dropped,
    agentStages: {
      wait: 0,
      decode: 0,
      resize: 0,
      quantise: 0,
      invoke: 5,
      postprocess: 0,
      encode: 0,
      total: 5,
    },
  },
});

function frames(count: number, agentMs: number, browserMs: number): void {
  for (let id = 1; id <= count; id++) {
    time += agentMs + browserMs;
    meter.onBrowserFrame(timings(id, browserMs));
    meter.onAgentFrame(timings(id, agentMs), segmentation(), BY);
  }
}

const agreement = (overall01: number) => ({ overall01 }) as LabelAgreement;

const told = (celsius: number): AnswerOf<'telemetry'> => ({
  kind: 'telemetry',
  thermalZones: [{ name: 'cpu', celsius }],
  cpuMegahertz: null,
  throttledBits: 0x4,
  memory: null,
  serverBytes: 1,
  engineBytes: null,
});

test('publishes nothing before anything is measured', () => {
  const before = store.getState();
  meter.publish(true);
  expect(store.getState()).toBe(before);
});

test("publishes an agent's rows, rates, legend and traffic at the next update", () => {
  frames(3, 5, 10);
  expect(store.getState().agent).toBeNull();
  meter.publish(true);
  const { agent, agentLegend, traffic } = store.getState();
  expect(agent?.rows.find(({ key }) => key === 'inference')).toMatchObject({ n: 3, median: 5 });
  expect(agent?.rates.modelPerSecond).toBe(200);
  expect(agentLegend.map(({ name, share01 }) => [name, share01])).toEqual([
    ['background', 0.5],
    ['aeroplane', 0.5],
  ]);
  expect(traffic).toMatchObject({ answered: 3, dropped: 0, bytesUp: 100, bytesDown: 10 });
});

test('names the faster side only after enough frames, and says whether the frames were paired', () => {
  frames(5, 5, 10);
  meter.publish(true);
  expect(store.getState().speed).toBeNull();
  frames(15, 5, 10);
  meter.publish(true);
  expect(store.getState().speed).toMatchObject({ paired: true, segmentation: { faster: 'agent' } });
});

test('keeps the agreement of frames with its history and the names of its classes', () => {
  meter.onAgreement(1, agreement(0.5), BY);
  meter.publish(true);
  meter.onAgreement(2, agreement(0.75), BY);
  meter.publish(true);
  const { agreement: last, agreementHistory, classes } = store.getState();
  expect(last?.overall01).toBe(0.75);
  expect(agreementHistory).toEqual([
    { frameId: 1, overall01: 0.5 },
    { frameId: 2, overall01: 0.75 },
  ]);
  expect(classes.map(({ name }) => name)).toEqual(['background', 'aeroplane']);
});

test('restarts every figure for a new configuration, but keeps the telemetry of the same agent', () => {
  frames(20, 5, 10);
  meter.onAgreement(1, agreement(0.5), BY);
  meter.onTelemetry(told(51.5));
  meter.publish(true);
  meter.reset();
  meter.publish(true);
  expect(store.getState()).toMatchObject({ agent: null, agreement: null, speed: null, traffic: null });
  expect(store.getState().telemetry).toHaveLength(1);
  meter.resetTelemetry();
  meter.publish(true);
  expect(store.getState().telemetry).toEqual([]);
});

test('keeps 300 telemetry readings, and describes the throttling in words', () => {
  for (let second = 0; second < 310; second++) {
    time = second * 1000;
    meter.onTelemetry(told(second));
  }
  meter.publish(false);
  const { telemetry } = store.getState();
  expect(telemetry).toHaveLength(300);
  expect(telemetry[0]).toMatchObject({ atSeconds: 10, thermalZones: [{ name: 'cpu', celsius: 10 }] });
  expect(telemetry.at(-1)?.throttling?.now.length).toBeGreaterThan(0);
});
