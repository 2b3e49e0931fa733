import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FrameSource } from '../../capture/frame-source.ts';
import type { Frame } from '../../domain/frame.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { FrameTimings } from '../../domain/measuring/stage-timings.ts';
import { createPairPump, type PairPump } from './pair-pump.ts';
import { fakeAgent, fakeBrowser, FakeBitmaps, turn } from '../../segmentation/testing/fake-segmenters.ts';

function fakeSource(bitmaps: FakeBitmaps): FrameSource & { captured: number } {
  const source = {
    label: 'fake',
    width: 8,
    height: 4,
    moving: true,
    mirrorByDefault: false,
    captured: 0,
    async capture(signal: AbortSignal): Promise<Frame<ImageBitmap>> {
      await turn();
      signal.throwIfAborted();
      source.captured++;
      return { id: source.captured, width: 8, height: 4, pixels: bitmaps.make(), waitMs: 0 };
    },
    counters: () => ({ unique: 0, skipped: 0 }),
    onEnd: () => undefined,
    close: () => undefined,
  };
  return source;
}

let bitmaps: FakeBitmaps;
let log: string[];
let painted: string[];
/** "browser 1" and "agent 1" when a frame is counted, "epoch" when counting starts again. */
let counted: string[];
let pairIds: number[];
let browserTimings: FrameTimings[];
let agentTimings: FrameTimings[];
let agentProblems: Problem[];
let browserProblems: Problem[];
let shown: Problem[];
let failOnPaint: number;
let pump: PairPump;
let clock: number;

beforeEach(() => {
  bitmaps = new FakeBitmaps();
  [log, painted, counted, pairIds] = [[], [], [], []];
  [browserTimings, agentTimings] = [[], []];
  [agentProblems, browserProblems, shown] = [[], [], []];
  failOnPaint = 0;
  clock = 0;
  vi.stubGlobal('createImageBitmap', () => Promise.resolve(bitmaps.make()));
  pump = createPairPump({
    // Each clock reading is one millisecond later.
    now: () => clock++,
    browser: {
      now: () => clock++,
      paint({ frame }) {
        painted.push(`browser ${frame.id}`);
        frame.pixels.close();
        if (frame.id === failOnPaint) throw new Error('no canvas');
      },
      onFrame(timings) {
        counted.push(`browser ${timings.frameId}`);
        browserTimings.push(timings);
      },
      onSourceProblem: () => undefined,
      onSegmenterProblem: (problem) => browserProblems.push(problem),
      onShowProblem: (problem) => shown.push(problem),
    },
    agent: {
      paint({ frame }) {
        painted.push(`agent ${frame.id}`);
        frame.pixels.close();
      },
      onFrame(timings) {
        counted.push(`agent ${timings.frameId}`);
        agentTimings.push(timings);
      },
      onProblem: (problem) => agentProblems.push(problem),
    },
    onPair: ({ frame }) => pairIds.push(frame.id),
    onEpoch: () => counted.push('epoch'),
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

const fail = () => {
  throw new Error('The other side has no such frame.');
};
const until = (met: () => boolean) => expect.poll(met, { timeout: 10_000 }).toBe(true);

describe('frame-locked', () => {
  test('gives every frame to both sides in sequence, and alternates which side is first', async () => {
    await start();
    await until(() => pairIds.length >= 4);
    await pump.pump.hold();
    const orders = pairIds.map((id) => log.filter((entry) => entry.endsWith(` ${id}`)));
    const agentFirst = (id: number) => [`agent ${id}`, `/agent ${id}`, `browser ${id}`, `/browser ${id}`];
    const browserFirst = (id: number) => [...agentFirst(id).slice(2), ...agentFirst(id).slice(0, 2)];
    pairIds.forEach((id, i) => {
      const before = i > 0 ? orders[i - 1]?.[0]?.startsWith('agent') : undefined;
      const isAgentFirst = orders[i]?.[0]?.startsWith('agent') === true;
      expect(orders[i]).toEqual(isAgentFirst ? agentFirst(id) : browserFirst(id));
      if (before !== undefined) expect(isAgentFirst).toBe(!before);
    });
  });

  test('paints both sides together, from one frame', async () => {
    await start();
    await until(() => pairIds.length >= 3);
    await pump.pump.hold();
    const ofPairs = painted.filter((entry) => pairIds.some((id) => entry.endsWith(` ${id}`)));
    expect(ofPairs).toEqual(pairIds.flatMap((id) => [`browser ${id}`, `agent ${id}`]));
  });

  test('counts drawing and reading the shared pixels as capture for the browser and as encode for the agent', async () => {
    await start();
    await until(() => pairIds.length >= 2);
    for (const theirs of agentTimings) {
      const ours = browserTimings.find(({ frameId }) => frameId === theirs.frameId) ?? fail();
      expect(ours.stages.capture).toBe(theirs.stages.capture + 7);
      expect(ours.frameMs).toBeGreaterThanOrEqual(ours.stages.capture + ours.stages.paint);
    }
  });

  test('runs nothing while held, and leaves no picture open', async () => {
    await start();
    await until(() => pairIds.length >= 2);
    await pump.pump.hold();
    const before = log.length;
    for (let i = 0; i < 5; i++) await turn();
    expect(log).toHaveLength(before);
    expect(bitmaps.open.size).toBe(0);
    pump.pump.release();
    await until(() => log.length > before);
  });

  test('reports a failed agent once, and continues with the browser alone', async () => {
    await start(fakeAgent(log, 3));
    await until(() => agentProblems.length > 0);
    const counted = browserTimings.length;
    await until(() => browserTimings.length > counted + 2);
    await pump.pump.hold();
    expect(agentProblems).toEqual([{ kind: 'inference-failed', detail: 'the agent is gone' }]);
    expect(log.at(-1)).toMatch(/^\/browser/);
    expect(bitmaps.open.size).toBe(0);
  });

  test('reports a failed browser once, and the agent waits for the next one', async () => {
    await start();
    const broken = { ...fakeBrowser(log), segment: () => Promise.reject(new Error('no memory')) };
    await pump.pump.setSegmenter(broken);
    await until(() => browserProblems.length > 0);
    await pump.pump.setSegmenter(fakeBrowser(log));
    const before = pairIds.length;
    await until(() => pairIds.length > before + 2);
    expect([browserProblems, agentProblems]).toEqual([
      [{ kind: 'inference-failed', detail: 'no memory' }],
      [],
    ]);
  });

  test('reports an exception while painting a pair once, blames neither side, and paints the next pair', async () => {
    failOnPaint = 5;
    await start();
    await until(() => pairIds.some((id) => id > 6));
    await pump.pump.hold();
    expect(shown).toEqual([{ kind: 'frame-not-shown', detail: 'no canvas' }]);
    expect([agentProblems, browserProblems]).toEqual([[], []]);
    expect(painted).toContain('agent 5');
    expect(bitmaps.open.size).toBe(0);
  });

  test('runs the browser alone without an agent', async () => {
    pump.pump.setSource(fakeSource(bitmaps));
    await pump.pump.setSegmenter(fakeBrowser(log));
    await until(() => browserTimings.length >= 3);
    expect(log.every((entry) => entry.includes('browser'))).toBe(true);
    expect(pairIds).toEqual([]);
  });
});

describe('a frame in flight during a change is painted but never counted', () => {
  /** Runs until frame 1 waits for the side's answer, makes the change, and then lets the answer arrive. */
  async function expectUncounted(side: 'browser' | 'agent', change: () => unknown): Promise<void> {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const gated = async <Answer>(answer: Promise<Answer>) => {
      await answer;
      await gate;
      return answer;
    };
    const [browser, agent] = [fakeBrowser(log), fakeAgent(log)];
    pump.pump.setSource(fakeSource(bitmaps));
    await pump.setAgent(
      side === 'browser' ? agent : { ...agent, segment: (...asked) => gated(agent.segment(...asked)) },
    );
    await pump.pump.setSegmenter(
      side === 'agent' ? browser : { ...browser, segment: (...asked) => gated(browser.segment(...asked)) },
    );
    await until(() => log.includes(`/${side} 1`));
    counted.length = 0;
    change();
    expect(counted.at(-1)).toBe('epoch');
    open();
    await until(() => painted.includes(`${side} 1`) && counted.length > 3);
    await pump.pump.hold();
    expect(counted).not.toContain(`${side} 1`);
    expect(bitmaps.open.size).toBe(0);
  }

  test.each([
    ['another browser segmenter', () => pump.pump.setSegmenter(fakeBrowser(log))],
    ['another agent', () => pump.setAgent(fakeAgent(log))],
    ['another source', () => pump.pump.setSource(Object.assign(fakeSource(bitmaps), { captured: 100 }))],
    ['free pacing', () => pump.setPacing('free')],
    ['another payload', () => pump.pump.startEpoch()],
  ])('frame-locked: %s', (_, change) => expectUncounted('browser', change));

  test.each([
    ['another agent', () => pump.setAgent(fakeAgent(log))],
    ['another payload', () => pump.pump.startEpoch()],
    ['locked pacing', () => pump.setPacing('locked')],
  ])('free-running: %s', async (_, change) => {
    pump.setPacing('free');
    await expectUncounted('agent', change);
  });
});

describe('free-running', () => {
  test('runs both sides at once, without pairs', async () => {
    pump.setPacing('free');
    await start();
    await until(() => painted.some((entry) => entry.startsWith('agent')) && browserTimings.length >= 3);
    await pump.pump.hold();
    expect(pairIds).toEqual([]);
    expect(bitmaps.open.size).toBe(0);
  });

  test('keeps both sides when pacing is locked and freed while running', async () => {
    await start();
    await until(() => pairIds.length > 0);
    for (const pacing of ['free', 'locked', 'free', 'locked'] as const) {
      await turn();
      pump.setPacing(pacing);
    }
    const before = pairIds.length;
    await until(() => pairIds.length > before + 2);
    await pump.pump.hold();
    expect(browserProblems).toEqual([]);
    expect(bitmaps.open.size).toBe(0);
  });
});
