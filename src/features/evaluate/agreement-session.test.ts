import { expect, test, vi } from 'vitest';
import type { FrameSource } from '../../capture/frame-source.ts';
import { VOC_CLASSES } from '../../domain/labels/class-list.ts';
import { browserSetup, type Setup } from '../../domain/setup.ts';
import type { Frame } from '../../domain/frame.ts';
import { ProblemError, type Problem } from '../../domain/problems/problem.ts';
import { makeRun } from '../../domain/testing/run-record.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import { occupy, testJobs } from '../../app/testing/job-doubles.ts';
import { createAgreementSession, type AgreementParts } from './agreement-session.ts';

const CHOICE = browserSetup('a', 257, 'wasm');
const PLAN = { first: CHOICE, second: { ...CHOICE, inputSize: 513 } };
const NO_MEMORY = { tensors: 0, bytes: 0 };

interface Doubles {
  readonly parts: AgreementParts;
  readonly log: string[];
  /** Whether another tab is measuring. */
  readonly elsewhere: { is: boolean };
  /** Ends the source like an unplugged camera. */
  readonly unplug: (problem: Problem) => void;
}

/** The first model labels everything 8, the second labels a quarter of it 12; one frame every 100 ms of the clock. */
function doubles(secondList: 'voc' | 'cityscapes' = 'voc'): Doubles {
  const log: string[] = [];
  const elsewhere = { is: false };
  let time = 0;
  let open = 0;
  let end: (problem: Problem) => void = () => undefined;
  const close = () => {
    open--;
  };
  const source: FrameSource = {
    label: 'sample: chelsea',
    width: 4,
    height: 1,
    moving: false,
    mirrorByDefault: false,
    async capture(signal) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      time += 100;
      open++;
      return { id: 1, width: 4, height: 1, pixels: { close } as ImageBitmap, waitMs: 0 };
    },
    counters: () => ({ unique: 1, skipped: 0 }),
    onEnd(listener) {
      end = listener;
    },
    close: () => void log.push('source closed'),
  };
  const openSegmenter = ({ inputSize }: Setup): Promise<Segmenter> => {
    log.push(`load ${inputSize}`);
    const isFirst = inputSize === 257;
    return Promise.resolve({
      description: {
        ...makeRun().configuration.segmenter,
        classList: isFirst ? 'voc' : secondList,
        classNames: VOC_CLASSES.names,
      },
      cold: makeRun().cold,
      loadedMemory: NO_MEMORY,
      segment: (frame: Frame<ImageBitmap>) =>
        Promise.resolve({
          labelMap: { width: 4, height: 1, labels: Uint8Array.from([8, 8, 8, isFirst ? 8 : 12]) },
          frame,
          stages: { encode: 0, transport: 0, preprocess: 0, inference: 0, postprocess: 0 },
          memory: NO_MEMORY,
        }),
      measureBare: () => Promise.resolve(null),
      onDeath: () => undefined,
      close() {
        log.push(`closed ${inputSize}, ${open} pictures open`);
        return Promise.resolve(NO_MEMORY);
      },
    });
  };
  return {
    log,
    elsewhere,
    unplug: (problem) => end(problem),
    parts: {
      createJob: testJobs({
        log,
        elsewhere: () => elsewhere.is,
        openSource: () => Promise.resolve(void log.push('open source')).then(() => source),
      }),
      now: () => time,
      date: () => new Date(0),
      openSegmenter,
      signatureOf: () => new Float32Array(768),
      openPainter: () => {
        throw new Error('No canvas was attached.');
      },
    },
  };
}

test('compares two configurations until it is stopped, then closes everything and resumes the live view', async () => {
  const { parts, log } = doubles();
  const session = createAgreementSession(parts);
  session.start(PLAN);
  await vi.waitUntil(() => (session.agreement.getState().reading?.seconds ?? 0) >= 2);
  session.stop();
  await vi.waitUntil(() => log.includes('live view back'));
  await vi.waitUntil(() => session.agreement.getState().status.kind === 'stopped');
  expect(session.agreement.getState().reading).toMatchObject({
    median01: 0.75,
    lowest01: 0.75,
    firstFlicker: { perPixelSecond: 0 },
    swaps: [{ firstName: 'cat', secondName: 'dog', share01: 0.25 }],
  });
  const saved = [session.exportReading('csv'), session.exportReading('json')];
  expect(saved.map((file) => file?.fileName)).toEqual([
    'segscope_1970-01-01T00-00-00Z_agreement.csv',
    'segscope_1970-01-01T00-00-00Z_agreement.json',
  ]);
  expect(await saved[0]?.blob.text()).toContain(',0.75');
  expect(log).toEqual([
    'live view away',
    'load 257',
    'load 513',
    'open source',
    'closed 257, 0 pictures open',
    'closed 513, 0 pictures open',
    'source closed',
    'live view back',
  ]);
});

test('refuses two different class lists before it opens a source', async () => {
  const { parts, log } = doubles('cityscapes');
  const session = createAgreementSession(parts);
  session.start(PLAN);
  await vi.waitUntil(() => session.agreement.getState().status.kind === 'failed');
  expect(session.agreement.getState().status).toMatchObject({ problem: { kind: 'classes-differ' } });
  expect(log).not.toContain('open source');
  expect(log.at(-1)).toBe('live view back');
});

test('ends with the reason when the source ends, and keeps the readings', async () => {
  const { parts, unplug } = doubles();
  const session = createAgreementSession(parts);
  session.start(PLAN);
  await vi.waitUntil(() => session.agreement.getState().reading !== null);
  unplug({ kind: 'camera-ended', label: 'HD Webcam' });
  await vi.waitUntil(() => session.agreement.getState().status.kind === 'failed');
  expect(session.agreement.getState().status).toMatchObject({ problem: { kind: 'camera-ended' } });
  expect(session.agreement.getState().reading).not.toBeNull();
});

test('reports a model that fails to load, and the next start works', async () => {
  const { parts } = doubles();
  let broken = true;
  const session = createAgreementSession({
    ...parts,
    openSegmenter(choice, signal) {
      if (!broken) return parts.openSegmenter(choice, signal);
      return Promise.reject(new ProblemError({ kind: 'model-unknown', modelId: 'a' }));
    },
  });
  session.start(PLAN);
  await vi.waitUntil(() => session.agreement.getState().status.kind === 'failed');
  expect(session.agreement.getState()).toMatchObject({
    status: { problem: { kind: 'model-unknown', modelId: 'a' } },
    reading: null,
  });
  broken = false;
  await vi.waitUntil(() => {
    session.start(PLAN);
    return session.agreement.getState().reading !== null;
  });
  session.stop();
  await vi.waitUntil(() => session.agreement.getState().status.kind === 'stopped');
  expect(session.agreement.getState().reading).toMatchObject({ median01: 0.75 });
});

test('loads nothing while this or another tab measures a run, and the next start works', async () => {
  const { parts, log, elsewhere } = doubles();
  const session = createAgreementSession(parts);
  const status = () => session.agreement.getState().status;
  const run = occupy(parts.createJob);
  session.start(PLAN);
  await expect.poll(status).toEqual({ kind: 'failed', problem: { kind: 'measuring-already' } });
  run.stop();
  await expect.poll(() => log.at(-1)).toBe('live view back');
  log.length = 0;
  elsewhere.is = true;
  session.start(PLAN);
  await expect.poll(status).toEqual({ kind: 'failed', problem: { kind: 'measuring-elsewhere' } });
  expect(log).toEqual([]);
  elsewhere.is = false;
  session.start(PLAN);
  await vi.waitUntil(() => session.agreement.getState().reading !== null);
  session.stop();
  await expect.poll(status).toMatchObject({ kind: 'stopped' });
});
