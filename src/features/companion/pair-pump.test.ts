import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Problem } from '../../domain/problems/problem.ts';
import type { FrameTimings } from '../../domain/measuring/stage-timings.ts';
import { createPairPump } from './pair-pump.ts';
import type { Pair, PairPump } from './pair-pump.types.ts';
import { fakeAgent, fakeBrowser, FakeBitmaps, fakeSource, turn } from '../../app/testing/fake-frames.ts';

let bitmaps: FakeBitmaps;
let log: string[];
let painted: string[];
let pairs: Pair[];
let browserTimings: FrameTimings[];
let agentProblems: Problem[];
let browserProblems: Problem[];
let unshown: Problem[];
let pump: PairPump;
let clock: number;

beforeEach(() => {
  bitmaps = new FakeBitmaps();
  log = [];
  painted = [];
  pairs = [];
  browserTimings = [];
  agentProblems = [];
  browserProblems = [];
  unshown = [];
  clock = 0;
  pump = createPairPump({
    // Every look at the clock is a millisecond later.
    now: () => clock++,
    browser: {
      now: () => clock++,
      paint({ frame }) {
        painted.push(`browser ${frame.id}`);
        frame.pixels.close();
      },
      onFrame: (timings) => browserTimings.push(timings),
      onSourceProblem: () => undefined,
      onSegmenterProblem: (problem) => browserProblems.push(problem),
      onShowProblem: (problem) => unshown.push(problem),
    },
    agent: {
      paint({ frame }) {
        painted.push(`agent ${frame.id}`);
        frame.pixels.close();
      },
      onFrame: () => undefined,
      onProblem: (problem) => agentProblems.push(problem),
    },
    onPair: (pair) => pairs.push(pair),
    share: () =>
      Promise.resolve({ width: 8, height: 4, rgb: new Uint8Array(96), bitmap: bitmaps.make(), encodeMs: 7 }),
    copy: () => Promise.resolve(bitmaps.make()),
  });
});
afterEach(() => {
  pump.pump.close();
  vi.unstubAllGlobals();
});

async function start(agent = fakeAgent(log)): Promise<void> {
  pump.pump.setSource(fakeSource(bitmaps));
  await pump.pump.setSegmenter(fakeBrowser(log));
  await pump.setAgent(agent);
}

const until = (met: () => boolean) => expect.poll(met, { timeout: 10_000 }).toBe(true);

describe('frame-locked', () => {
  test('both sides get every frame, one after the other, and take turns in being first', async () => {
    await start();
    await until(() => pairs.length >= 4);
    await pump.pump.hold();
    const ids = [...new Set(pairs.map(({ agentTimings }) => agentTimings.frameId))];
    const orders = ids.map((id) => log.filter((entry) => entry.endsWith(` ${id}`)));
    const agentFirst = (id: number) => [`agent ${id}`, `/agent ${id}`, `browser ${id}`, `/browser ${id}`];
    const browserFirst = (id: number) => [...agentFirst(id).slice(2), ...agentFirst(id).slice(0, 2)];
    ids.forEach((id, i) => {
      const before = ids.indexOf(id) > 0 ? orders[i - 1]?.[0]?.startsWith('agent') : undefined;
      const isAgentFirst = orders[i]?.[0]?.startsWith('agent') === true;
      expect(orders[i]).toEqual(isAgentFirst ? agentFirst(id) : browserFirst(id));
      if (before !== undefined) expect(isAgentFirst).toBe(!before);
    });
  });

  test('both are painted together, of one frame', async () => {
    await start();
    await until(() => pairs.length >= 3);
    await pump.pump.hold();
    const of = pairs.map(({ agentTimings: { frameId } }) => frameId);
    expect(painted.slice(-2 * of.length)).toEqual(of.flatMap((id) => [`browser ${id}`, `agent ${id}`]));
  });

  test('drawing and reading the shared pixels is capture for the browser and encode for the agent', async () => {
    await start();
    await until(() => pairs.length >= 2);
    for (const { browserTimings: ours, agentTimings: theirs } of pairs) {
      expect(ours.stages.capture).toBe(theirs.stages.capture + 7);
      expect(ours.frameMs).toBeGreaterThanOrEqual(ours.stages.capture + ours.stages.paint);
    }
  });

  test('while held nothing runs, and no picture is left open', async () => {
    await start();
    await until(() => pairs.length >= 2);
    await pump.pump.hold();
    const before = log.length;
    for (let i = 0; i < 5; i++) await turn();
    expect(log).toHaveLength(before);
    expect(bitmaps.open.size).toBe(0);
    pump.pump.release();
    await until(() => log.length > before);
  });

  test('an agent that fails is told once, and the browser goes on alone', async () => {
    await start(fakeAgent(log, 3));
    await until(() => agentProblems.length > 0);
    const counted = browserTimings.length;
    await until(() => browserTimings.length > counted + 2);
    await pump.pump.hold();
    expect(agentProblems).toEqual([{ kind: 'inference-failed', detail: 'the agent is gone' }]);
    expect(log.at(-1)).toMatch(/^\/browser/);
    expect(bitmaps.open.size).toBe(0);
  });

  test('without an agent the browser runs alone', async () => {
    pump.pump.setSource(fakeSource(bitmaps));
    await pump.pump.setSegmenter(fakeBrowser(log));
    await until(() => browserTimings.length >= 3);
    expect(log.every((entry) => entry.includes('browser'))).toBe(true);
    expect(pairs).toEqual([]);
  });
});

describe('free-running', () => {
  test('both run at once, and there are no pairs', async () => {
    pump.setPacing('free');
    vi.stubGlobal('createImageBitmap', () => Promise.resolve(bitmaps.make()));
    await start();
    await until(() => painted.some((entry) => entry.startsWith('agent')) && browserTimings.length >= 3);
    await pump.pump.hold();
    expect(pairs).toEqual([]);
    expect(bitmaps.open.size).toBe(0);
  });

  test('locking and freeing while running loses neither side', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.resolve(bitmaps.make()));
    await start();
    await until(() => pairs.length > 0);
    for (const pacing of ['free', 'locked', 'free', 'locked'] as const) {
      await turn();
      pump.setPacing(pacing);
    }
    const before = pairs.length;
    await until(() => pairs.length > before + 2);
    await pump.pump.hold();
    expect(browserProblems).toEqual([]);
    expect(bitmaps.open.size).toBe(0);
  });
});
