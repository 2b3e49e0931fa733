/** Jobs of a page without a live view, for tests; the calls to the view are written to a log. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import { createJobs, type CreateJob } from '../job.ts';

export interface JobDoubles {
  readonly log?: string[];
  /** Whether another tab measures. */
  readonly elsewhere?: () => boolean;
  readonly openSource?: () => Promise<FrameSource>;
}

export function testJobs({
  log = [],
  elsewhere = () => false,
  openSource = () => Promise.reject(new Error('There is no source.')),
}: JobDoubles = {}): CreateJob {
  return createJobs({
    live: {
      suspend: () => Promise.resolve(void log.push('live view away')),
      resume: () => Promise.resolve(void log.push('live view back')),
      openSource,
    },
    claim: () =>
      elsewhere()
        ? Promise.reject(new ProblemError({ kind: 'measuring-elsewhere' }))
        : Promise.resolve({ release: () => Promise.resolve() }),
    ready: Promise.resolve(),
  });
}

/** Blocks every other job of the page until it is stopped. */
export function occupy(createJob: CreateJob): { stop(): void } {
  const job = createJob<null, never, never>({
    onStart: () => undefined,
    work: (_, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
      ),
    onProgress: () => undefined,
    onEnd: () => undefined,
    problemFor: (detail) => ({ kind: 'inference-failed', detail }),
  });
  void job.start(null);
  return { stop: () => job.cancel() };
}
