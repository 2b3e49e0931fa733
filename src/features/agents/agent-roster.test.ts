import { beforeEach, expect, test } from 'vitest';
import {
  FakeClock,
  FakeNet,
  GREETED,
  loadedAnswer,
  MODEL,
  type FakeSocket,
} from '../../agent-link/testing/fake-link.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import type { AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import { createAgentStore, type AgentStore } from './agent-store.ts';
import { createAgentRoster, type AgentRoster, type KnownAgent } from './agent-roster.ts';

// A segmenter draws frames on a canvas; these tests send no frames.
class CanvasDouble {
  getContext(): object {
    return {};
  }
}
Object.assign(globalThis, { OffscreenCanvas: CanvasDouble });

let net: FakeNet;
let clock: FakeClock;
let store: AgentStore;
let segmenters: (AgentSegmenter | null)[];
let remembered: readonly KnownAgent[];
let roster: AgentRoster;

beforeEach(() => {
  net = new FakeNet();
  clock = new FakeClock();
  store = createAgentStore();
  segmenters = [];
  remembered = [];
  roster = createAgentRoster({
    store,
    payload: () => ({ codec: 'rgb8' }),
    link: { clientName: 'test', openSocket: net.open, clock },
    diagnose: (address) => Promise.resolve({ kind: 'agent-not-running', address }),
    onSegmenter: (segmenter) => segmenters.push(segmenter),
    onTelemetry: () => undefined,
    onShown: () => undefined,
    onChanged: (agents) => (remembered = agents),
  });
});

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

const agentAt = (index: number) => {
  const agent = store.getState().agents[index];
  if (agent === undefined) throw new Error('There is no such agent.');
  return agent;
};

function greet(socket: FakeSocket, changes: Partial<AnswerOf<'greeted'>> = {}): void {
  socket.open();
  socket.answer({ ...GREETED, ...changes });
}

/** Answers the last load as the agent would. */
async function load(socket: FakeSocket, changes: Partial<AnswerOf<'loaded'>> = {}): Promise<void> {
  const request = socket.requests.at(-1);
  if (request?.kind !== 'load') throw new Error('No load was asked for.');
  const { requestId, modelId, tail, device, threads } = request;
  socket.answer(loadedAnswer(requestId, { modelId, tail, deviceAsked: device, threads, ...changes }));
  await settled();
}

test('a new agent is shown, connects, reports its facts, loads its model and is remembered', async () => {
  const id = roster.add('http://localhost:8590/pi.html#token=CODE', '');
  expect(store.getState().shownAgentId).toBe(id);
  expect(agentAt(0)).toMatchObject({ address: 'localhost:8590', connection: { kind: 'connecting' } });
  expect(net.last.protocols).toContain('token.CODE');
  greet(net.last);
  expect(agentAt(0)).toMatchObject({
    connection: { kind: 'open', facts: { agentVersion: '1.2.3' } },
    engine: { kind: 'loading' },
    wanted: { modelId: 'model', place: { device: 'cpu', tail: 'cut', threads: 4 } },
  });
  await load(net.last);
  expect(agentAt(0).engine).toMatchObject({ kind: 'running', deviceUsed: 'cpu' });
  expect(segmenters.at(-1)?.description).toMatchObject({ backend: 'tflite', classList: 'voc' });
  expect(remembered).toEqual([{ address: 'localhost:8590', code: 'CODE' }]);
});

test('an invalid address is reported and never connected', () => {
  roster.add('pi local', 'CODE');
  expect(net.sockets).toHaveLength(0);
  expect(agentAt(0).connection).toMatchObject({
    kind: 'refused',
    problem: { kind: 'agent-address-invalid', address: 'pi local' },
  });
});

test('an agent with the same address reconnects with the new code', () => {
  const id = roster.add('localhost', 'OLD');
  expect(roster.add('localhost:8590', 'NEW')).toBe(id);
  expect(store.getState().agents).toHaveLength(1);
  expect(net.last.protocols).toContain('token.NEW');
  expect(remembered).toEqual([{ address: 'localhost:8590', code: 'NEW' }]);
});

test("several agents are connected at once, and only the shown one's segmenter is passed on", async () => {
  const first = roster.add('localhost:1', 'A');
  const second = roster.add('localhost:2', 'B');
  const [one, two] = net.sockets as [FakeSocket, FakeSocket];
  greet(one);
  await load(one);
  expect(segmenters.at(-1) ?? null).toBeNull();
  greet(two);
  await load(two);
  expect(segmenters.at(-1)?.description.agentAddress).toBe('localhost:2');
  roster.show(first);
  expect(segmenters.at(-1)?.description.agentAddress).toBe('localhost:1');
  roster.remove(first);
  expect(store.getState().shownAgentId).toBe(second);
  expect(segmenters.at(-1)?.description.agentAddress).toBe('localhost:2');
});

test('a setup is fitted to the model: no Edge TPU without a compiled twin, no cut if the model cannot be cut', async () => {
  const id = roster.add('localhost', 'A');
  const stock = {
    ...MODEL,
    modelId: 'stock',
    tails: ['stock' as const],
    notCutBecause: 'It ends in scores.',
  };
  greet(net.last, { models: [MODEL, stock] });
  await load(net.last);
  roster.choose(id, { modelId: 'stock', device: 'edgetpu' });
  await settled();
  expect(net.last.requests.at(-1)).toMatchObject({ modelId: 'stock', device: 'cpu', tail: 'stock' });
});

test("a failed load is reported in the agent's own words", async () => {
  roster.add('localhost', 'A');
  greet(net.last);
  const failure = { kind: 'engine-missing', sentence: 'No library.', nextStep: 'Install it.' } as const;
  net.last.answer({ kind: 'failed', requestId: 1, frameId: null, failure });
  await settled();
  expect(agentAt(0).engine).toMatchObject({
    kind: 'failed',
    problem: { sentence: 'No library.', nextStep: 'Install it.' },
  });
});

test('nothing runs while the connection is lost; the wanted model is reloaded when it is back', async () => {
  roster.add('localhost', 'A');
  greet(net.last);
  await load(net.last);
  net.last.close(1006);
  await settled();
  expect(agentAt(0)).toMatchObject({
    connection: { kind: 'waiting-to-reconnect', attempt: 1, retryMs: 500 },
    engine: { kind: 'none' },
  });
  expect(segmenters.at(-1)).toBeNull();
  clock.pass(500);
  greet(net.last);
  await load(net.last);
  expect(agentAt(0).engine.kind).toBe('running');
  expect(segmenters.at(-1)).not.toBeNull();
});

test('4.3 a test double is never an Edge TPU, whatever its library calls itself', async () => {
  const twin = {
    bytes: 2,
    sha256: 'b'.repeat(64),
    operatorsOnTpu: 1,
    operatorsOnCpu: 7,
    operatorsOnCpuCut: 2,
  };
  const id = roster.add('localhost', 'A');
  greet(net.last, {
    models: [{ ...MODEL, edgeTpuTwin: twin }],
    edgeTpu: {
      ...GREETED.edgeTpu,
      testDouble: true,
      devices: [{ bus: 'usb', path: '/double' }],
      library: { name: 'libedgetpu', version: 'TEST DOUBLE' },
    },
  });
  // It is never the first choice either.
  expect(agentAt(0).wanted?.place.device).toBe('cpu');
  await load(net.last);
  roster.choose(id, { device: 'edgetpu' });
  await settled();
  await load(net.last, { deviceUsed: 'test-double', deviceName: 'Edge TPU on usb' });
  expect(agentAt(0).engine).toMatchObject({
    kind: 'running',
    deviceUsed: 'test-double',
    deviceName: expect.stringMatching(/^TEST DOUBLE, no Edge TPU/) as string,
  });
  expect(segmenters.at(-1)?.description.device).toMatch(/^TEST DOUBLE/);
});

test('the shown agent is remembered as the last one, and the next visit shows it again', () => {
  const first = roster.add('localhost:8590', 'ONE');
  roster.add('pi.local:8590', 'TWO');
  expect(remembered.map(({ address }) => address)).toEqual(['localhost:8590', 'pi.local:8590']);
  roster.show(first);
  expect(remembered).toEqual([
    { address: 'pi.local:8590', code: 'TWO' },
    { address: 'localhost:8590', code: 'ONE' },
  ]);
});
