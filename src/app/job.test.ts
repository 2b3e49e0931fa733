import { expect, test } from 'vitest';
import type { FrameSource } from '../capture/frame-source.ts';
import { ProblemError, type Problem } from '../domain/problems/problem.ts';
import { createJobs, type JobOutcome, type JobSpec } from './job.ts';

function setUp() {
  const log: string[] = [];
  /** Whether another tab measures. */
  const elsewhere = { is: false };
  let endSource: (problem: Problem) => void = () => undefined;
  const note = (entry: string) => Promise.resolve(void log.push(entry));
  const createJob = createJobs({
    live: {
      suspend: () => note('live view away'),
      resume: () => note('live view back'),
      openSource: () =>
        Promise.resolve({
          onEnd: (listener) => void (endSource = listener),
          close: () => void log.push('source closed'),
        } satisfies Partial<FrameSource> as unknown as FrameSource),
    },
    claim() {
      if (elsewhere.is) return Promise.reject(new ProblemError({ kind: 'measuring-elsewhere' }));
      log.push('lock taken');
      return Promise.resolve({ release: () => note('lock released') });
    },
    ready: Promise.resolve(),
  });
  const outcomes: JobOutcome<number>[] = [];
  let ended: (name: string) => void = () => undefined;
  const job = (work: JobSpec<string, number, number>['work']) =>
    createJob<string, number, number>({
      onStart: (name) => void log.push(`${name} started`),
      work,
      onProgress: (percent) => void log.push(`${percent} %`),
      onEnd(outcome, name) {
        log.push(`${name} ended`);
        outcomes.push(outcome);
        ended(name);
      },
      problemFor: (detail) => ({ kind: 'inference-failed', detail }),
    });
  const onEnded = (listener: (name: string) => void) => {
    ended = listener;
  };
  return { log, elsewhere, outcomes, job, onEnded, unplug: (problem: Problem) => endSource(problem) };
}

/** Work that continues until its job is cancelled. */
const endless: JobSpec<string, number, number>['work'] = (_, { signal }) =>
  new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
const CAMERA_GONE = { kind: 'camera-ended', label: 'HD Webcam' } as const;

test('a job holds the lock of all tabs and suspends the live view, and then restores both', async () => {
  const { log, outcomes, job } = setUp();
  const counting = job((_, { report }) => {
    log.push('works');
    report(50);
    return Promise.resolve(21);
  });
  await counting.start('count');
  expect(log).toEqual([
    'count started',
    ...['lock taken', 'live view away', 'works', '50 %'],
    ...['lock released', 'count ended', 'live view back'],
  ]);
  expect(outcomes).toEqual([{ kind: 'done', result: 21 }]);
});

test('a job runs from start to end, and a second start meanwhile does nothing', async () => {
  const { log, job } = setUp();
  const counting = job(() => Promise.resolve(counting.isRunning() ? 1 : 0));
  expect(counting.isRunning()).toBe(false);
  const first = counting.start('first');
  expect(counting.isRunning()).toBe(true);
  await counting.start('second');
  await first;
  expect(counting.isRunning()).toBe(false);
  expect(log.filter((line) => line.endsWith('started'))).toEqual(['first started']);
});

test('a second job of the page is refused while one runs, and the first continues', async () => {
  const { log, outcomes, job } = setUp();
  const long = job(endless);
  const ended = long.start('long');
  await job(() => Promise.resolve(1)).start('short');
  expect(outcomes).toEqual([{ kind: 'failed', problem: { kind: 'measuring-already' } }]);
  expect(log).not.toContain('short started');
  expect(long.isRunning()).toBe(true);
  long.cancel();
  await ended;
});

test('a job fails and suspends nothing while another tab measures, and can be started again later', async () => {
  const { log, elsewhere, outcomes, job } = setUp();
  elsewhere.is = true;
  const counting = job(() => Promise.resolve(1));
  await counting.start('early');
  expect(outcomes).toEqual([{ kind: 'failed', problem: { kind: 'measuring-elsewhere' } }]);
  expect(log).toEqual(['early started', 'early ended']);
  elsewhere.is = false;
  await counting.start('later');
  expect(outcomes[1]).toEqual({ kind: 'done', result: 1 });
});

test('a job that starts while the live view is being restored waits for it', async () => {
  const { log, job, onEnded } = setUp();
  const second = job(() => Promise.resolve(2));
  let again: Promise<void> = Promise.resolve();
  onEnded((name) => {
    if (name === 'first') again = second.start('second');
  });
  await job(() => Promise.resolve(1)).start('first');
  await again;
  expect(log.slice(log.indexOf('first ended'))).toEqual([
    ...['first ended', 'second started', 'live view back'],
    ...['lock taken', 'live view away', 'lock released', 'second ended', 'live view back'],
  ]);
});

test('cancelling aborts the signal, and later progress is not reported', async () => {
  const { log, outcomes, job } = setUp();
  let late: (percent: number) => void = () => undefined;
  const counting = job((name, running) => {
    late = running.report;
    setTimeout(() => counting.cancel());
    return endless(name, running);
  });
  await counting.start('count');
  late(99);
  expect(outcomes).toEqual([{ kind: 'cancelled' }]);
  expect(log).not.toContain('99 %');
  expect(log.at(-1)).toBe('live view back');
});

test('a job that is cancelled before it begins does no work', async () => {
  const { log, outcomes, job } = setUp();
  const counting = job(() => {
    log.push('works');
    return Promise.resolve(1);
  });
  const ended = counting.start('count');
  counting.cancel();
  await ended;
  expect(outcomes).toEqual([{ kind: 'cancelled' }]);
  expect(log).not.toContain('works');
});

test('an error becomes the problem of the job, and an error without a problem gets one from the job', async () => {
  const { outcomes, job } = setUp();
  await job(() => Promise.reject(new ProblemError({ kind: 'history-full' }))).start('full');
  await job(() => Promise.reject(new Error('NaN'))).start('broken');
  expect(outcomes).toEqual([
    { kind: 'failed', problem: { kind: 'history-full' } },
    { kind: 'failed', problem: { kind: 'inference-failed', detail: 'NaN' } },
  ]);
});

test('a live source that ends by itself ends the job with its problem and is closed', async () => {
  const { log, outcomes, job, unplug } = setUp();
  const watching = job(async (name, running) => {
    await running.openLiveSource();
    setTimeout(() => unplug(CAMERA_GONE));
    return endless(name, running);
  });
  await watching.start('watch');
  expect(outcomes).toEqual([{ kind: 'failed', problem: CAMERA_GONE }]);
  expect(log.indexOf('source closed')).toBeLessThan(log.indexOf('live view back'));
});
