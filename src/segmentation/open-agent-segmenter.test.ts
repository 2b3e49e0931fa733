import { beforeEach, expect, test } from 'vitest';
import { FakeClock, FakeNet, GREETED, loadedAnswer, MODEL } from '../agent-link/testing/fake-link.ts';
import { agentSetup, type AgentSetup } from '../domain/setup.ts';
import { openAgentSegmenter, type AgentLinkParts } from './open-agent-segmenter.ts';
import type { AgentSegmenter } from './agent-segmenter.ts';

// A segmenter draws frames on a canvas; these tests do not look at its pixels.
class CanvasDouble {
  getContext(): object {
    return { canvas: this, drawImage: () => undefined };
  }
  convertToBlob(): Promise<Blob> {
    return Promise.resolve(new Blob([Uint8Array.of(0xff, 0xd8)]));
  }
}
Object.assign(globalThis, { OffscreenCanvas: CanvasDouble });

const SETUP = agentSetup(MODEL.modelId, 4, {
  ...{ agent: 'localhost:8590', device: 'cpu', tail: 'cut', threads: 2 },
});

let net: FakeNet;
let openAgent: (setup: AgentSetup, signal: AbortSignal) => Promise<AgentSegmenter>;

beforeEach(() => {
  net = new FakeNet();
  const parts: AgentLinkParts = {
    link: { clientName: 'test', openSocket: net.open, clock: new FakeClock() },
    diagnose: (address) => Promise.resolve({ kind: 'agent-not-running', address }),
    codeOf: (address) => (address === 'localhost:8590' ? 'SECRET' : ''),
  };
  openAgent = (setup, signal) => openAgentSegmenter(parts, setup, signal);
});

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};
const never = new AbortController().signal;

/** After the greeting, while the load is running. */
async function opening(signal = never) {
  const opened = openAgent(SETUP, signal);
  net.last.open();
  net.last.answer(GREETED);
  await settled();
  return { opened };
}

test('a run loads its model on its own connection, with the code of the known agent', async () => {
  const { opened } = await opening();
  expect(net.last.protocols.at(-1)).toContain('SECRET');
  const load = net.last.requests.at(-1);
  expect(load).toMatchObject({
    kind: 'load',
    modelId: MODEL.modelId,
    device: 'cpu',
    tail: 'cut',
    threads: 2,
  });
  net.last.answer(loadedAnswer(1));
  const segmenter = await opened;
  expect(segmenter.description).toMatchObject({
    backend: 'tflite',
    agentAddress: 'localhost:8590',
    deviceUsed: 'cpu',
    machine: { agentVersion: '1.2.3', board: 'Raspberry Pi 4', system: 'Linux arm64', usbPort: null },
  });
  expect(segmenter.cold.firstInferenceMs).toBe(3);
});

test("the description includes the USB port's speed and the library", async () => {
  const opened = openAgent(SETUP, never);
  net.last.open();
  net.last.answer({
    ...GREETED,
    edgeTpu: {
      ...GREETED.edgeTpu,
      stick: { state: 'running', megabitsPerSecond: 480, permitted: true },
      library: { name: 'libedgetpu', version: '16.0' },
    },
  });
  await settled();
  net.last.answer(loadedAnswer(1));
  expect((await opened).description.machine).toMatchObject({
    usbPort: 'USB 2',
    edgeTpuLibrary: 'libedgetpu 16.0',
  });
});

test('closing the segmenter ends the connection', async () => {
  const { opened } = await opening();
  net.last.answer(loadedAnswer(1));
  const segmenter = await opened;
  expect(net.last.closedByPage).toBe(false);
  await segmenter.close();
  expect(net.last.closedByPage).toBe(true);
});

test('an agent that does not answer fails the run with its sentence, and there is no second attempt', async () => {
  const opened = openAgent(SETUP, never);
  net.last.close(1006);
  await expect(opened).rejects.toMatchObject({ problem: { kind: 'agent-not-running' } });
  expect(net.sockets).toHaveLength(1);
});

test("a load that the agent refuses fails the run with the agent's words, and closes the connection", async () => {
  const { opened } = await opening();
  net.last.answer({
    kind: 'failed',
    requestId: 1,
    frameId: null,
    failure: { kind: 'edgetpu-missing', sentence: 'There is no stick.', nextStep: 'Plug one in.' },
  });
  await expect(opened).rejects.toMatchObject({
    problem: { kind: 'agent-failed', sentence: 'There is no stick.' },
  });
  expect(net.last.closedByPage).toBe(true);
});

test('cancelling while it connects or loads ends the connection with the reason', async () => {
  const connecting = new AbortController();
  const first = openAgent(SETUP, connecting.signal);
  connecting.abort(new DOMException('enough', 'AbortError'));
  await expect(first).rejects.toThrow('enough');
  const loading = new AbortController();
  const { opened } = await opening(loading.signal);
  loading.abort(new DOMException('enough', 'AbortError'));
  await expect(opened).rejects.toThrow('enough');
  expect(net.last.closedByPage).toBe(true);
});

test("sends frames as the choice says, and keeps the machine's readings", async () => {
  const jpeg = openAgent({ ...SETUP, place: { ...SETUP.place, codec: 'jpeg85' } }, never);
  net.last.open();
  net.last.answer(GREETED);
  await settled();
  net.last.answer(loadedAnswer(1));
  const segmenter = await jpeg;
  const watch = segmenter.watchHost?.();
  net.last.answer({
    kind: 'telemetry',
    thermalZones: [{ name: 'cpu-thermal', celsius: 61.5 }],
    cpuMegahertz: [1500],
    throttledBits: 0x80008,
    memory: null,
    serverBytes: 1,
    engineBytes: 2,
  });
  expect(await watch?.ended()).toMatchObject({
    temperature: { max: 61.5 },
    throttling: { during: ['soft temperature limit'] },
  });
  const pixels = { width: 4, height: 2, close: () => undefined } as ImageBitmap;
  const frame = { id: 1, width: 4, height: 2, pixels, waitMs: 0 };
  const lost = expect(segmenter.segment(frame, never)).rejects.toThrow();
  await expect.poll(() => net.last.frames[0]?.codec).toBe('jpeg');
  await segmenter.close();
  await lost;
});
