import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeInferFrame } from '../../../src/protocol/infer-frame.ts';
import { MAX_INVALID_MESSAGES, MAX_MESSAGE_BYTES } from '../../../src/protocol/limits.ts';
import { startTestAgent, TestClient, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;

beforeEach(async () => {
  agent = await startTestAgent({ watchdogMs: 1_000 });
});
afterEach(async () => {
  await agent.close();
});

test('3.1 hello is answered with host, engine, Edge TPU and models', async () => {
  const client = await TestClient.open(agent);
  client.say({ kind: 'hello', protocol: 1, client: 'test' });
  const greeted = await client.next('greeted');
  expect(greeted.engine).toEqual({ name: 'fake engine', version: '0' });
  expect(greeted.models.map(({ modelId }) => modelId)).toEqual(['model']);
  expect(greeted.edgeTpu.sentence).toMatch(/No Coral USB Accelerator is plugged in/);
  expect(greeted.host.cores).toBeGreaterThan(0);
});

test('3.2 another version is closed with 4426', async () => {
  const client = await TestClient.open(agent);
  client.say({ kind: 'hello', protocol: 2, client: 'test' });
  expect(await client.closed).toEqual({ code: 4426, reason: 'this agent speaks protocol 1' });
});

test('3.3 a load or a frame before hello is closed with 4400', async () => {
  const early = await TestClient.open(agent);
  early.say({ kind: 'bench', requestId: 1, warmup: 0, iterations: 1 });
  expect((await early.closed).code).toBe(4400);
  const earlier = await TestClient.open(agent);
  earlier.frame(1);
  expect((await earlier.closed).code).toBe(4400);
});

test('4.1 a model is loaded by its id, and any other text is unknown', async () => {
  const client = await TestClient.greeted(agent);
  expect(await client.load()).toMatchObject({ modelId: 'model', deviceAsked: 'cpu', deviceUsed: 'cpu' });
  for (const modelId of ['other', '../model', '/etc/passwd', '__proto__']) {
    client.say({ kind: 'load', requestId: 5, modelId, tail: 'stock', device: 'cpu', threads: 1 });
    expect(await client.next('failed')).toMatchObject({ requestId: 5, failure: { kind: 'model-unknown' } });
  }
});

test('4.2 the Edge TPU is used or the load fails; the CPU never replaces it', async () => {
  const client = await TestClient.greeted(agent);
  client.say({ kind: 'load', requestId: 2, modelId: 'model', tail: 'stock', device: 'edgetpu', threads: 1 });
  expect((await client.next('failed')).failure.kind).toBe('edgetpu-library-missing');
});

test('4.4 refuses a tail that the model does not list, and says why', async () => {
  const client = await TestClient.greeted(agent);
  client.say({ kind: 'load', requestId: 2, modelId: 'model', tail: 'cut', device: 'cpu', threads: 1 });
  expect((await client.next('failed')).failure.sentence).toMatch(/cannot be cut: It ends in class scores/);
});

test('5 a frame is answered with its labels and its stages', async () => {
  const client = await TestClient.loaded(agent);
  client.frame(77, 0, 20);
  const answer = await client.next('inferred');
  expect(answer).toMatchObject({ frameId: 77, width: 20, height: 20, droppedSoFar: 0 });
  expect(new Set(answer.labels)).toEqual(new Set([15]));
  expect(answer.stages.total).toBeGreaterThan(0);
});

test('5.4 of a burst of 1,000 frames one is in flight and the others are dropped at once', async () => {
  const client = await TestClient.loaded(agent);
  client.frame(0, 4);
  for (let frameId = 1; frameId < 1000; frameId++) client.frame(frameId);
  const dropped: number[] = [];
  for (let i = 1; i < 1000; i++) dropped.push((await client.next('dropped')).frameId);
  expect(dropped).toEqual(Array.from({ length: 999 }, (_, i) => i + 1));
  expect(await client.next('inferred')).toMatchObject({ frameId: 0, droppedSoFar: 999 });
  client.frame(1000);
  expect((await client.next('inferred')).frameId).toBe(1000);
});

test('5.4 frames of two pages take turns in one engine, and wait is counted', async () => {
  const slow = await TestClient.loaded(agent);
  const other = await TestClient.loaded(agent);
  slow.frame(1, 4);
  // The second frame waits only once the engine has the first.
  slow.frame(2);
  await slow.next('dropped');
  other.frame(1);
  await slow.next('inferred');
  expect((await other.next('inferred')).stages.wait).toBeGreaterThan(0);
});

test('7.1 a bench is answered with every iteration', async () => {
  const client = await TestClient.loaded(agent);
  client.say({ kind: 'bench', requestId: 3, warmup: 2, iterations: 25 });
  const benched = await client.next('benched');
  expect(benched.invoke).toHaveLength(25);
  expect(benched.postprocess).toHaveLength(25);
});

test('8.1 telemetry follows the greeting, with null for unknown readings', async () => {
  const chatty = await startTestAgent({ telemetryEveryMs: 20 });
  const client = await TestClient.greeted(chatty);
  const telemetry = await client.next('telemetry');
  expect(telemetry).toMatchObject({ thermalZones: null, cpuMegahertz: null, throttledBits: null });
  expect(telemetry.engineBytes).toBeGreaterThan(1e6);
  await chatty.close();
});

test('8.3 an invalid message is answered with its reason, the 16th closes with 4400', async () => {
  const client = await TestClient.greeted(agent);
  for (let i = 0; i < MAX_INVALID_MESSAGES; i++)
    client.socket.send(i % 2 === 0 ? 'nonsense' : Buffer.alloc(i));
  expect((await client.next('failed')).failure).toMatchObject({
    kind: 'message-invalid',
    sentence: 'The message is not JSON.',
  });
  expect((await client.closed).code).toBe(4400);
});

test('8.4 a second load while one frame is in flight is refused as busy', async () => {
  const client = await TestClient.loaded(agent);
  client.frame(1, 4);
  client.say({ kind: 'load', requestId: 9, modelId: 'model', tail: 'stock', device: 'cpu', threads: 1 });
  expect(await client.next('failed')).toMatchObject({ requestId: 9, failure: { kind: 'busy' } });
  expect((await client.next('inferred')).frameId).toBe(1);
});

test('8.5 a hanging frame is aborted, and the engine works again', async () => {
  const client = await TestClient.loaded(agent);
  client.frame(1, 2);
  expect(await client.next('failed')).toMatchObject({ frameId: 1, failure: { kind: 'engine-timed-out' } });
  expect((await client.next('engine-restarted')).restarts).toBe(1);
  await client.load();
  client.frame(2);
  expect((await client.next('inferred')).frameId).toBe(2);
});

test('8.5 an engine that dies is reported by its signal or code and its last words', async () => {
  const client = await TestClient.loaded(agent);
  client.frame(1, 1);
  expect((await client.next('failed')).failure).toMatchObject({
    kind: 'engine-crashed',
    sentence: expect.stringContaining('SIGABRT') as unknown,
  });
  await client.next('engine-restarted');
  await client.load();
  client.frame(2, 3);
  expect((await client.next('failed')).failure.sentence).toMatch(/exit code 3: F :1153\] transfer failed/);
});

test('8.6 after a crash every page reloads its model', async () => {
  const one = await TestClient.loaded(agent);
  const other = await TestClient.loaded(agent);
  one.frame(1, 1);
  await other.next('engine-restarted');
  other.frame(5);
  expect(await other.next('failed')).toMatchObject({ frameId: 5, failure: { kind: 'model-not-loaded' } });
});

test('8.5 twenty engines killed during a frame are all reported and replaced', async () => {
  const client = await TestClient.loaded(agent);
  for (let restart = 1; restart <= 20; restart++) {
    client.frame(restart, 2);
    // The frame has reached the engine when the next one is dropped.
    client.frame(0);
    await client.next('dropped');
    process.kill(agent.engine.pid as number, 'SIGKILL');
    expect((await client.next('failed')).failure).toMatchObject({ kind: 'engine-crashed' });
    expect((await client.next('engine-restarted')).restarts).toBe(restart);
    await client.load();
  }
});

test('8.6 a new engine process learns which CPU engine was faster and does not try both again', async () => {
  const client = await TestClient.greeted(agent);
  expect((await client.load()).deviceName).toBe('fake');
  process.kill(agent.engine.pid as number, 'SIGKILL');
  await client.next('engine-restarted');
  expect((await client.load()).deviceName).toBe('fake, known to be faster: litert');
});

test('9 a message over the limit is closed with 1009', async () => {
  const client = await TestClient.greeted(agent);
  client.socket.send(Buffer.alloc(MAX_MESSAGE_BYTES + 1));
  expect((await client.closed).code).toBe(1009);
});

test('9 an agent that stops closes with 1001', async () => {
  const client = await TestClient.greeted(agent);
  await agent.close();
  expect((await client.closed).code).toBe(1001);
});

test('8.3 ten thousand damaged messages crash nothing', async () => {
  const frame = Buffer.from(
    encodeInferFrame({
      frameId: 1,
      codec: 'rgb8',
      fit: 'fit',
      width: 2,
      height: 2,
      payload: new Uint8Array(12),
    }),
  );
  const text = JSON.stringify({
    kind: 'load',
    requestId: 1,
    modelId: 'model',
    tail: 'stock',
    device: 'cpu',
    threads: 1,
  });
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 48_271) >>> 0) % 2_147_483_647;
    return seed % below;
  };
  for (let sent = 0; sent < 10_000;) {
    const client = await TestClient.greeted(agent);
    for (let i = 0; i < MAX_INVALID_MESSAGES; i++, sent++) {
      if (random(2) === 0) {
        const damaged = Buffer.from(frame);
        damaged[random(20)] = random(256);
        client.socket.send(damaged.subarray(0, random(frame.length + 1)));
      } else {
        const at = random(text.length);
        client.socket.send(text.slice(0, at) + String.fromCharCode(random(128)) + text.slice(at + random(5)));
      }
    }
    client.close();
    expect([1000, 1005, 4400]).toContain((await client.closed).code);
  }
  const after = await TestClient.loaded(agent);
  after.frame(3);
  expect((await after.next('inferred')).frameId).toBe(3);
});
