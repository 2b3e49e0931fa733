/**
 * npm run soak: a whole agent under load, observed from outside: memory, descriptors, dropped frames, crashes and
 * damaged messages.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { seededRandom } from '../../src/domain/measuring/seeded-random.ts';
import { median } from '../../src/domain/measuring/statistics.ts';
import type { AnswerOf } from '../../src/protocol/answers.ts';
import { encodeInferFrame } from '../../src/protocol/infer-frame.ts';
import { SoakPage as Page } from './testing/soak-page.ts';
import { descriptors, enginePid, resident, startAgent, type RunningAgent } from './testing/running-agent.ts';

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '10000' },
    messages: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '20' },
    connections: { type: 'string', default: '100' },
    codec: { type: 'string', default: 'rgb8' },
    json: { type: 'boolean', default: false },
  },
});
const MODEL = 'segscope-mnv2-257-int8';
const SIDE = 257;
const WARMUP_FRAMES = 1_000;
const SAMPLES = 40;
const BURST = 1_000;
const INVALID_PER_CONNECTION = 16;
const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => 128 + 100 * Math.sin(i / 97));
const { codec } = values;
if (codec !== 'rgb8' && codec !== 'jpeg') throw new Error(`--codec is rgb8 or jpeg, not "${codec}".`);
const frame = encodeInferFrame({
  frameId: 1,
  codec,
  fit: 'fit',
  width: SIDE,
  height: SIDE,
  payload: codec === 'rgb8' ? pixels : await jpegOf(pixels),
});

async function jpegOf(rgb: Uint8Array): Promise<Uint8Array> {
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
  return new Uint8Array(await sharp(rgb, { raw }).jpeg({ quality: 85 }).toBuffer());
}

/** Medians of the first and last quarter of the samples after the warm-up, and their difference, bytes. */
async function soakFrames(started: RunningAgent, frames: number) {
  const page = new Page(started.port, started.token);
  await page.hello();
  await page.load(MODEL);
  const one = async () => {
    page.socket.send(frame);
    await page.next('inferred');
  };
  const warmup = Math.min(WARMUP_FRAMES, frames);
  for (let i = 0; i < warmup; i++) await one();
  const before = await descriptors(started);
  const samples: { server: number; engine: number }[] = [];
  const begun = performance.now();
  const every = Math.max(1, Math.floor(frames / SAMPLES));
  for (let i = 1; i <= frames; i++) {
    await one();
    if (i % every === 0) {
      samples.push({ server: resident(started.agent.pid ?? 0), engine: resident(enginePid(started)) });
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const trend = (of: 'server' | 'engine') => {
    const first = median(samples.slice(0, quarter).map((sample) => sample[of]));
    const last = median(samples.slice(-quarter).map((sample) => sample[of]));
    return { firstMB: first / 1e6, lastMB: last / 1e6, growthMB: (last - first) / 1e6 };
  };
  const after = await descriptors(started);
  await page.end();
  return {
    frames,
    seconds,
    server: trend('server'),
    engine: trend('engine'),
    descriptors: { before, after },
  };
}

async function connectOften(started: RunningAgent, connections: number) {
  const before = await descriptors(started);
  for (let i = 0; i < connections; i++) {
    const page = new Page(started.port, started.token);
    await page.hello();
    await page.load(MODEL);
    await page.end();
  }
  // The last page's network is closed once another page has been answered.
  const last = new Page(started.port, started.token);
  await last.hello();
  await last.end();
  return { connections, descriptors: { before, after: await descriptors(started) } };
}

async function burst(started: RunningAgent) {
  const page = new Page(started.port, started.token);
  await page.hello();
  await page.load(MODEL);
  for (let i = 0; i < BURST; i++) page.socket.send(frame);
  let dropped = 0;
  let inferred = 0;
  while (dropped + inferred < BURST) {
    const came = page.drain();
    dropped += came.filter(({ kind }) => kind === 'dropped').length;
    inferred += came.filter(({ kind }) => kind === 'inferred').length;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await page.end();
  return { frames: BURST, inferred, dropped };
}

/** ms from the kill to `failed`, and to the first frame that is answered again. */
async function killOften(started: RunningAgent, kills: number) {
  const page = new Page(started.port, started.token);
  await page.hello();
  await page.load(MODEL);
  const reported: number[] = [];
  const working: number[] = [];
  for (let i = 0; i < kills; i++) {
    page.socket.send(frame);
    page.socket.send(frame);
    // The first is in the engine when the second is dropped.
    await page.next('dropped');
    const begun = performance.now();
    process.kill(enginePid(started), 'SIGKILL');
    await failure(page);
    reported.push(performance.now() - begun);
    await page.next('engine-restarted');
    await page.load(MODEL);
    page.socket.send(frame);
    await page.next('inferred');
    working.push(performance.now() - begun);
  }
  await page.end();
  const longest = { reportedMs: Math.max(...reported), workingMs: Math.max(...working) };
  return { kills, medianWorkingMs: median(working), longest };
}

async function failure(page: Page): Promise<AnswerOf<'failed'>> {
  for (;;) {
    const failed = page.drain().find(({ kind }) => kind === 'failed');
    if (failed?.kind === 'failed') return failed;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Truncated, damaged and random messages, on each connection until the agent closes it. */
async function damage(started: RunningAgent, messages: number) {
  const random = seededRandom(1);
  const below = (limit: number) => Math.floor(random() * limit);
  const text = JSON.stringify({
    kind: 'load',
    requestId: 1,
    modelId: MODEL,
    tail: 'stock',
    device: 'cpu',
    threads: 1,
  });
  const codes: Record<number, number> = {};
  let answered = 0;
  let sent = 0;
  while (sent < messages) {
    const page = new Page(started.port, started.token);
    await page.hello();
    for (let i = 0; i < INVALID_PER_CONNECTION; i++, sent++) {
      const kind = below(3);
      if (kind === 0) page.socket.send(text.slice(0, below(text.length)));
      else if (kind === 1) page.socket.send(Uint8Array.from({ length: below(64) }, () => below(256)));
      else {
        // The header always has an invalid codec.
        const damaged = frame.slice(0, 20 + below(frame.length - 21));
        damaged[5] = 7;
        page.socket.send(damaged);
      }
    }
    const code = await page.closed;
    codes[code] = (codes[code] ?? 0) + 1;
    answered += page.drain().filter(({ kind }) => kind === 'failed').length;
  }
  const page = new Page(started.port, started.token);
  await page.hello();
  await page.end();
  return { messages: sent, answered, closeCodes: codes, stillGreets: true };
}

const started = await startAgent(new URL('main.js', import.meta.url));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    started.agent.kill('SIGTERM');
    process.exit(1);
  });
}
const conditions = { node: process.version, model: MODEL, loadAverage: loadavg()[0] };
const say = (figures: object) => console.log(JSON.stringify(figures, null, values.json ? 0 : 2));
try {
  say({ conditions });
  // Printed as soon as known: the frames alone can take many minutes.
  say({ connections: await connectOften(started, Number(values.connections)) });
  say({ burst: await burst(started) });
  say({ kills: await killOften(started, Number(values.kills)) });
  say({ damaged: await damage(started, Number(values.messages)) });
  say({ frames: await soakFrames(started, Number(values.frames)) });
} finally {
  started.agent.kill('SIGTERM');
}
