import { beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '../domain/problems/problem.ts';
import type { AgentAnswer } from '../protocol/answers.ts';
import { AgentClient, type AgentEvent } from './agent-client.ts';
import { FakeClock, FakeNet, GREETED, labelsAnswer, loadedAnswer } from './testing/fake-link.ts';

const ADDRESS = 'localhost:8590';
const WANTED = { modelId: 'model', tail: 'cut', device: 'cpu', threads: 2 } as const;
const FRAME = { codec: 'rgb8', fit: 'fit', width: 4, height: 2, payload: new Uint8Array(24) } as const;

const TELEMETRY: AgentAnswer = {
  kind: 'telemetry',
  thermalZones: [{ name: 'cpu', celsius: 60 }],
  cpuMegahertz: null,
  throttledBits: 0,
  memory: null,
  serverBytes: 1,
  engineBytes: null,
};

let net: FakeNet;
let clock: FakeClock;
let events: AgentEvent[];
let diagnosis: Problem;
let client: AgentClient;

beforeEach(() => {
  net = new FakeNet();
  clock = new FakeClock();
  events = [];
  diagnosis = { kind: 'agent-not-running', address: ADDRESS };
  client = new AgentClient({
    address: ADDRESS,
    code: 'CODE',
    clientName: 'test',
    openSocket: net.open,
    diagnose: () => Promise.resolve(diagnosis),
    clock,
    onEvent: (event) => events.push(event),
  });
});

const kinds = () => events.map(({ kind }) => kind);
/** Lets all pending promises settle; they depend only on each other. */
const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

function greeted(): void {
  client.connect();
  net.last.open();
  net.last.answer(GREETED);
}

async function loaded(): Promise<void> {
  greeted();
  const loading = client.load(WANTED);
  net.last.answer(loadedAnswer(1));
  await loading;
}

describe('opening', () => {
  test('2.1 and 2.4 the socket of the address is opened with the version and the pairing code', () => {
    client.connect();
    expect(net.last.url).toBe('ws://localhost:8590/agent');
    expect(net.last.protocols).toEqual(['segscope.v1', 'token.CODE']);
  });

  test('3.1 hello is the first message, and the greeting opens the connection', () => {
    greeted();
    expect(net.last.requests).toEqual([{ kind: 'hello', protocol: 1, client: 'test' }]);
    expect(events).toEqual([{ kind: 'connecting' }, { kind: 'open', greeted: GREETED }]);
  });

  test('3.4 a second greeting does not load the model again', async () => {
    await loaded();
    client.refresh();
    net.last.answer(GREETED);
    await settled();
    expect(kinds()).toEqual(['connecting', 'open', 'open']);
    expect(net.last.requests.map(({ kind }) => kind)).toEqual(['hello', 'load', 'hello']);
  });

  test('a code that a subprotocol cannot carry is refused without a connection', () => {
    const strict = new AgentClient({
      address: ADDRESS,
      code: 'no spaces',
      clientName: 'test',
      openSocket: () => {
        throw new SyntaxError('invalid subprotocol');
      },
      diagnose: () => Promise.resolve(diagnosis),
      clock,
      onEvent: (event) => events.push(event),
    });
    strict.connect();
    expect(events.at(-1)).toEqual({
      kind: 'refused',
      problem: { kind: 'agent-code-refused', address: ADDRESS },
    });
  });

  test('a refusal is diagnosed, and not retried if only the user can fix it', async () => {
    diagnosis = { kind: 'agent-origin-refused', address: ADDRESS, origin: 'http://elsewhere' };
    client.connect();
    net.last.close(1006);
    await settled();
    expect(events.at(-1)).toEqual({ kind: 'refused', problem: diagnosis });
    expect(clock.pending).toBe(0);
  });

  test('3.2 another protocol version is not retried', async () => {
    client.connect();
    net.last.open();
    net.last.close(4426, 'this agent speaks protocol 2');
    await settled();
    expect(events.at(-1)).toMatchObject({
      kind: 'refused',
      problem: { kind: 'agent-other-version', detail: 'this agent speaks protocol 2' },
    });
  });

  test('an agent that says nothing for 10 s is dropped and retried', async () => {
    client.connect();
    net.last.open();
    clock.pass(10_000);
    await settled();
    expect(events.at(-1)).toMatchObject({ kind: 'waiting', problem: { kind: 'agent-lost' } });
  });
});

describe('coming back', () => {
  test('waits 0.5, 1, 2, 4, 8 and then always 8 s, and starts over after a successful connection', async () => {
    client.connect();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      net.last.close(1006);
      await settled();
      const event = events.at(-1);
      if (event?.kind !== 'waiting') throw new Error(`Expected to wait, got ${String(event?.kind)}.`);
      expect(event.attempt).toBe(i + 1);
      waits.push(event.retryMs);
      clock.pass(event.retryMs - 1);
      expect(net.sockets).toHaveLength(i + 1);
      clock.pass(1);
      expect(net.sockets).toHaveLength(i + 2);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
    net.last.open();
    net.last.answer(GREETED);
    net.last.close(1006);
    await settled();
    expect(events.at(-1)).toMatchObject({ kind: 'waiting', attempt: 1, retryMs: 500 });
  });

  test('a lost connection fails the frame in flight with a plain sentence, and reloads the model', async () => {
    await loaded();
    const frame = client.infer(FRAME);
    net.last.close(1006);
    await expect(frame).rejects.toThrow(/connection to the agent at localhost:8590 was lost/);
    await settled();
    clock.pass(500);
    net.last.open();
    net.last.answer(GREETED);
    expect(net.last.requests.at(-1)).toMatchObject({ kind: 'load', ...WANTED });
    net.last.answer(loadedAnswer(1));
    await settled();
    expect(kinds().slice(-3)).toEqual(['open', 'reloading', 'reloaded']);
  });

  test('8.6 the model is reloaded after engine-restarted', async () => {
    await loaded();
    net.last.answer({ kind: 'engine-restarted', restarts: 1 });
    expect(net.last.requests.at(-1)).toEqual({ kind: 'load', requestId: 2, ...WANTED });
    net.last.answer(loadedAnswer(2));
    await settled();
    expect(events.at(-1)).toMatchObject({ kind: 'reloaded', loaded: { requestId: 2 } });
  });

  test('a failed reload is reported', async () => {
    await loaded();
    net.last.answer({ kind: 'engine-restarted', restarts: 1 });
    const failure = { kind: 'engine-missing', sentence: 'No library.', nextStep: 'Install it.' } as const;
    net.last.answer({ kind: 'failed', requestId: 2, frameId: null, failure });
    await settled();
    expect(events.at(-1)).toEqual({
      kind: 'reload-failed',
      problem: { kind: 'agent-failed', sentence: 'No library.', nextStep: 'Install it.' },
    });
  });

  test('connect() during the wait connects at once', async () => {
    client.connect();
    net.last.close(1006);
    await settled();
    client.connect();
    expect(net.sockets).toHaveLength(2);
    expect(clock.pending).toBe(1);
  });

  test('after close() nothing is reported, retried or left waiting; close() may be called twice', async () => {
    await loaded();
    const before = events.length;
    const frame = client.infer(FRAME);
    client.close();
    client.close();
    await expect(frame).rejects.toThrow(/was lost \(it was closed\)/);
    client.connect();
    await settled();
    clock.pass(60_000);
    expect(events).toHaveLength(before);
    expect(net.sockets).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});

describe('frames', () => {
  test('5.4 one frame is in flight; of the waiting ones the newest wins and the others are dropped', async () => {
    await loaded();
    const answers = [client.infer(FRAME), client.infer(FRAME), client.infer(FRAME)];
    expect(net.last.frames).toHaveLength(1);
    expect(await answers[1]).toEqual({ kind: 'dropped' });
    const [first] = net.last.frames;
    net.last.labels(labelsAnswer(first?.frameId ?? 0));
    expect(await answers[0]).toMatchObject({ kind: 'inferred' });
    expect(net.last.frames).toHaveLength(2);
    net.last.labels(labelsAnswer(net.last.frames[1]?.frameId ?? 0));
    expect(await answers[2]).toMatchObject({ kind: 'inferred' });
  });

  test('labels come with the round trip and the bytes of both directions', async () => {
    await loaded();
    const answer = client.infer(FRAME);
    clock.pass(75);
    net.last.labels(labelsAnswer(net.last.frames[0]?.frameId ?? 0));
    const inferred = await answer;
    // Up: 20 bytes of header and 24 of pixels. Down: 52 of header and one run of 8 pixels in two bytes.
    expect(inferred).toMatchObject({ kind: 'inferred', roundTripMs: 75, bytesUp: 44, bytesDown: 54 });
  });

  test('5.5 a frame that the agent drops resolves as dropped, and the next is sent', async () => {
    await loaded();
    const answer = client.infer(FRAME);
    net.last.answer({ kind: 'dropped', frameId: net.last.frames[0]?.frameId ?? 0, droppedSoFar: 1 });
    expect(await answer).toEqual({ kind: 'dropped' });
    const next = client.infer(FRAME);
    expect(net.last.frames).toHaveLength(2);
    net.last.labels(labelsAnswer(net.last.frames[1]?.frameId ?? 0));
    expect(await next).toMatchObject({ kind: 'inferred' });
  });

  test('8.2 a failure is reported in the words of the agent', async () => {
    await loaded();
    const answer = client.infer(FRAME);
    const failure = {
      kind: 'engine-crashed',
      sentence: 'The engine ended with SIGABRT.',
      nextStep: 'Choose it again.',
    } as const;
    const frameId = net.last.frames[0]?.frameId ?? 0;
    net.last.answer({ kind: 'failed', requestId: null, frameId, failure });
    await expect(answer).rejects.toMatchObject({
      problem: { kind: 'agent-failed', sentence: failure.sentence, nextStep: failure.nextStep },
    });
  });

  test('8.4 a load waits for the frame in flight, and goes before waiting frames', async () => {
    await loaded();
    const first = client.infer(FRAME);
    const load = client.load(WANTED);
    const second = client.infer(FRAME);
    expect(net.last.requests.filter(({ kind }) => kind === 'load')).toHaveLength(1);
    net.last.labels(labelsAnswer(net.last.frames[0]?.frameId ?? 0));
    await first;
    const request = net.last.requests.at(-1);
    if (request?.kind !== 'load') throw new Error('Expected a load.');
    expect(net.last.frames).toHaveLength(1);
    net.last.answer(loadedAnswer(request.requestId));
    await load;
    net.last.labels(labelsAnswer(net.last.frames[1]?.frameId ?? 0));
    expect(await second).toMatchObject({ kind: 'inferred' });
  });

  test('15 s of silence during a frame end the connection, which is then reopened', async () => {
    await loaded();
    const frame = client.infer(FRAME);
    clock.pass(15_000);
    await expect(frame).rejects.toThrow(/no answer for 15 s/);
    await settled();
    expect(events.at(-1)).toMatchObject({
      kind: 'waiting',
      problem: { kind: 'agent-lost', detail: 'no answer for 15 s' },
    });
  });

  test('an agent that still sends messages may take longer: a slow machine can have a longer watchdog', async () => {
    await loaded();
    const frame = client.infer(FRAME);
    for (let second = 0; second < 60; second++) {
      clock.pass(1_000);
      net.last.answer(TELEMETRY);
    }
    net.last.labels(labelsAnswer(net.last.frames[0]?.frameId ?? 0));
    expect(await frame).toMatchObject({ kind: 'inferred', roundTripMs: 60_000 });
    expect(clock.pending).toBe(0);
  });

  test.each([
    ['no JSON', 'hello'],
    ['an unknown kind', '{"kind":"shutdown"}'],
    ['truncated labels', new ArrayBuffer(60)],
  ])('an answer that is %s ends the connection by name', async (_, message) => {
    await loaded();
    net.last.raw(message);
    await settled();
    expect(events.at(-1)).toMatchObject({ kind: 'waiting', problem: { kind: 'agent-answer-invalid' } });
  });

  test('an answer without a request is ignored', async () => {
    await loaded();
    const answer = client.infer(FRAME);
    net.last.labels(labelsAnswer(999));
    net.last.labels(labelsAnswer(net.last.frames[0]?.frameId ?? 0));
    expect(await answer).toMatchObject({ kind: 'inferred' });
  });

  test('requests fail without a connection', async () => {
    await expect(client.infer(FRAME)).rejects.toThrow(/it is not open/);
    await expect(client.load(WANTED)).rejects.toThrow(/it is not open/);
  });
});

test('8.1 telemetry is passed on', () => {
  greeted();
  net.last.answer(TELEMETRY);
  expect(events.at(-1)).toEqual({ kind: 'telemetry', telemetry: TELEMETRY });
});
