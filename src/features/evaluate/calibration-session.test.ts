import { expect, test, vi } from 'vitest';
import type { FrameSource } from '../../capture/frame-source.ts';
import { occupy, testJobs } from '../../app/testing/job-doubles.ts';
import { DEFAULT_CALIBRATION, type CalibrationState } from './calibration-store.ts';
import { createCalibrationSession, type CalibrationParts } from './calibration-session.ts';

const PLAN = { ...DEFAULT_CALIBRATION, pictures: 3, leastDistance: 8, everyMs: 0 };

/** Each picture is one grey level from `levels`; the last level repeats for ever. */
function setUp(levels: readonly number[]) {
  const log: string[] = [];
  const zipped: CalibrationState[] = [];
  let open = 0;
  let at = 0;
  const source: FrameSource = {
    label: 'camera: HD Webcam',
    width: 64,
    height: 48,
    moving: true,
    mirrorByDefault: true,
    async capture(signal) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      const level = levels[Math.min(at, levels.length - 1)] ?? 0;
      at++;
      open++;
      const pixels = { width: 64, height: 48, level, close: () => open-- };
      return { id: at, width: 64, height: 48, pixels: pixels as unknown as ImageBitmap, waitMs: 0 };
    },
    counters: () => ({ unique: at, skipped: 0 }),
    onEnd: () => undefined,
    close: () => void log.push(`source closed, ${open} pictures open`),
  };
  const parts: CalibrationParts = {
    createJob: testJobs({ log, openSource: () => Promise.resolve(source) }),
    now: () => 0,
    signatureOf: (pixels) =>
      new Float32Array(768).fill((pixels as unknown as { readonly level: number }).level),
    encode: (_, format) => Promise.resolve(new Blob(['x'], { type: `image/${format}` })),
    wait: (_, signal) => new Promise((resolve) => setTimeout(resolve)).then(() => signal.throwIfAborted()),
    zip(set) {
      zipped.push(set);
      return Promise.resolve(new Blob(['zip']));
    },
  };
  const session = createCalibrationSession(parts);
  return { session, log, zipped, createJob: parts.createJob, state: () => session.calibration.getState() };
}

test('keeps the planned number of varied pictures, and refuses and counts near-duplicates', async () => {
  const { session, log, state } = setUp([0, 4, 8, 20, 21, 60]);
  session.start(PLAN);
  await vi.waitUntil(() => state().status.kind === 'done');
  expect(state().pictures.map(({ nearest }) => nearest)).toEqual([null, 20, 40]);
  expect(state()).toMatchObject({ refused: 3, meanDistance: 40, sourceLabel: 'camera: HD Webcam' });
  await expect
    .poll(() => log)
    .toEqual(['live view away', 'source closed, 0 pictures open', 'live view back']);
});

test('keeps its pictures when the recording is stopped', async () => {
  const { session, state } = setUp([0]);
  session.start(PLAN);
  await vi.waitUntil(() => state().refused >= 3);
  session.stop();
  await vi.waitUntil(() => state().status.kind === 'done');
  expect(state().pictures).toHaveLength(1);
});

test('accepts a similar picture after one is removed while recording', async () => {
  const { session, state } = setUp([0]);
  session.start(PLAN);
  await vi.waitUntil(() => state().refused >= 1);
  session.remove(1);
  await vi.waitUntil(() => state().pictures.some(({ id }) => id > 1));
  session.stop();
  await vi.waitUntil(() => state().status.kind === 'done');
  expect(state().pictures).toHaveLength(1);
});

test('zips the whole set under a name with its size, and clear() empties the set', async () => {
  const { session, zipped, state } = setUp([0, 20, 60]);
  session.start(PLAN);
  await vi.waitUntil(() => state().status.kind === 'done');
  expect((await session.save()).fileName).toBe('calibration-set-3.zip');
  expect(zipped[0]?.pictures).toHaveLength(3);
  session.clear();
  expect(state().pictures).toEqual([]);
  expect(state()).toMatchObject({ status: { kind: 'idle' }, plan: null });
});

test('records no picture while a run is measured, and leaves the live view alone', async () => {
  const { session, log, state, createJob } = setUp([0, 20, 60]);
  const run = occupy(createJob);
  session.start(PLAN);
  await vi.waitUntil(() => state().status.kind === 'failed');
  expect(state().status).toEqual({ kind: 'failed', problem: { kind: 'measuring-already' } });
  expect(state().pictures).toEqual([]);
  run.stop();
  await expect.poll(() => log).toEqual(['live view away', 'live view back']);
});
