import { beforeEach, expect, test } from 'vitest';
import { fakeAgent, fakeBrowser, FakeBitmaps } from './testing/fake-segmenters.ts';
import { ZERO_TIMINGS } from '../domain/measuring/stage-timings.ts';
import { createPairSegmenter, PairError, pairTimings, type PairParts } from './pair-segmenter.ts';

let bitmaps: FakeBitmaps;
let log: string[];
let inputSizes: number[];
let parts: PairParts;
beforeEach(() => {
  bitmaps = new FakeBitmaps();
  log = [];
  inputSizes = [];
  let clock = 0;
  parts = {
    // Every reading of the clock is a millisecond later.
    now: () => clock++,
    share(_, inputSize) {
      inputSizes.push(inputSize);
      const bitmap = bitmaps.make();
      return Promise.resolve({ width: 8, height: 4, rgb: new Uint8Array(96), bitmap, encodeMs: 7 });
    },
    copy: () => Promise.resolve(bitmaps.make()),
  };
});

const frame = (id: number) => ({ id, width: 16, height: 8, pixels: bitmaps.make(), waitMs: 0 });
const { signal } = new AbortController();

test('both sides get every frame, one after the other, and take turns going first', async () => {
  const pair = createPairSegmenter(fakeBrowser(log), fakeAgent(log), parts);
  for (const id of [1, 2, 3]) await pair.segment(frame(id), signal);
  expect(log.filter((entry) => !entry.startsWith('/'))).toEqual([
    ...['agent 1', 'browser 1'],
    ...['browser 2', 'agent 2'],
    ...['agent 3', 'browser 3'],
  ]);
});

test('the picture is drawn once, at the size of the larger network', async () => {
  const agent = fakeAgent(log);
  const larger = { ...agent, description: { ...agent.description, inputSize: 513 } };
  await createPairSegmenter(fakeBrowser(log), larger, parts).segment(frame(1), signal);
  expect(inputSizes).toEqual([513]);
});

test('each side returns the captured picture, and no other picture stays open', async () => {
  const captured = frame(1);
  const segmentation = await createPairSegmenter(fakeBrowser(log), fakeAgent(log), parts).segment(
    captured,
    signal,
  );
  expect(segmentation.frame).toEqual(captured);
  expect([...bitmaps.open]).toEqual([captured.pixels, segmentation.agent.frame.pixels]);
});

test('an agent that fails first is named, and the browser does no work for that frame', async () => {
  const pair = createPairSegmenter(fakeBrowser(log), fakeAgent(log, 1), parts);
  const error: unknown = await pair.segment(frame(1), signal).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PairError);
  expect(error).toMatchObject({ side: 'agent', problem: { kind: 'inference-failed' } });
  expect([log, bitmaps.open.size]).toEqual([['agent 1', '/agent 1'], 0]);
});

test('a browser that fails first is named, and the agent gets no request', async () => {
  const browser = fakeBrowser(log);
  const pair = createPairSegmenter(
    {
      ...browser,
      segment(asked, aborted) {
        if (asked.id === 1) return browser.segment(asked, aborted);
        asked.pixels.close();
        return Promise.reject(new Error('no memory'));
      },
    },
    fakeAgent(log),
    parts,
  );
  const first = await pair.segment(frame(1), signal);
  for (const { pixels } of [first.frame, first.agent.frame]) pixels.close();
  log.length = 0;
  await expect(pair.segment(frame(2), signal)).rejects.toMatchObject({ side: 'browser' });
  expect([log, bitmaps.open.size]).toEqual([[], 0]);
});

test('drawing and reading the shared pixels counts as capture for the browser and as encode for the agent', async () => {
  const pair = await createPairSegmenter(fakeBrowser(log), fakeAgent(log), parts).segment(frame(1), signal);
  const of = pairTimings(
    { frameId: 1, stages: { ...ZERO_TIMINGS, capture: 3 }, frameMs: 99, waitMs: 2, afterGap: true },
    { ...pair, stages: { ...pair.stages, inference: 50 }, wallMs: { browser: 60, agent: 20 } },
    { browser: 4, agent: 5 },
  );
  const common = { frameId: 1, waitMs: 2, afterGap: true };
  expect(of.browser).toMatchObject({
    ...common,
    stages: { capture: 3 + 7, inference: 50, paint: 4 },
    frameMs: 3 + 7 + 60 + 4,
  });
  expect(of.agent).toMatchObject({
    ...common,
    stages: { ...pair.agent.stages, capture: 3, paint: 5 },
    frameMs: 3 + 7 + 20 + 5,
  });
});
