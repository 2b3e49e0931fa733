/**
 * A job is a measurement or computation that needs the machine for itself. At most one runs at a time, in all tabs of this
 * address: two would compete for the cores, and both results would be wrong. The live view is suspended while it runs.
 *
 * A session creates its job once and starts it as often as it likes:
 *
 *     const counting = createJob({
 *       onStart: (plan) => store.setState({ status: { kind: 'loading', plan } }),
 *       async work(plan: Plan, { signal, report }: RunningJob<CountStatus>) {
 *         const segmenter = await openSegmenter(plan.setup, signal);
 *         try {
 *           return await count(segmenter, signal, (done01) => report({ kind: 'counting', plan, done01 }));
 *         } finally {
 *           await segmenter.close();
 *         }
 *       },
 *       onProgress: (status) => store.setState({ status }),
 *       onEnd: (outcome) => store.setState({ status: statusOf(outcome) }),
 *       problemFor: (detail) => ({ kind: 'inference-failed', detail }),
 *     });
 *     void counting.start(plan);
 *     counting.cancel();
 */
import type { FrameSource } from '../capture/frame-source.ts';
import { problemOf, ProblemError, type Problem } from '../domain/problems/problem.ts';

export interface JobSpec<Input, Progress, Result> {
  /** Called once the job is accepted, before anything is loaded. */
  readonly onStart: (input: Input) => void;
  /** Begins when nothing else runs. It must close everything it opens. */
  readonly work: (input: Input, running: RunningJob<Progress>) => Promise<Result>;
  readonly onProgress: (progress: Progress) => void;
  /** Called once per start, even if the job was refused. The live view is restored afterwards. */
  readonly onEnd: (outcome: JobOutcome<Result>, input: Input) => void;
  /** The problem behind an error that is not a ProblemError. */
  readonly problemFor: (detail: string) => Problem;
}

export interface RunningJob<Progress> {
  /** Aborted by cancel(), and when the source of openLiveSource() ends on its own. */
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  /** Opens the source of the suspended live view. The job closes it, and fails with its problem if it ends. */
  readonly openLiveSource: () => Promise<FrameSource>;
}

/** Work that returns a result is done, even if it was cancelled. */
export type JobOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface Job<Input> {
  /** Does nothing if it is already running. Resolves when the job has ended and the live view is back; never rejects. */
  start(input: Input): Promise<void>;
  isRunning(): boolean;
  cancel(): void;
}

export type CreateJob = <Input, Progress, Result>(spec: JobSpec<Input, Progress, Result>) => Job<Input>;

/** The live view, which a job suspends to get the machine for itself. */
export interface LiveView {
  /** Resolves when no model runs, no camera sends and no frame is in flight. */
  suspend(): Promise<void>;
  /** Resolves when picture and model are back, or have reported why not. */
  resume(): Promise<void>;
  /** A second source like the one in the live view. @throws ProblemError */
  openSource(signal: AbortSignal): Promise<FrameSource>;
}

export interface JobHost {
  readonly live: LiveView;
  readonly claim: ClaimMeasuring;
  /** Every job waits for it: the page cannot load a model earlier. */
  readonly ready: Promise<void>;
}

/** One per page: the jobs that it creates exclude each other. */
export function createJobs({ live, claim, ready }: JobHost): CreateJob {
  let busy = false;
  /** A job that starts while the live view is being restored must wait for it. */
  let restored: Promise<void> = Promise.resolve();

  async function restore(lease: MeasuringLease): Promise<void> {
    await lease.release();
    await live.resume();
  }

  return <Input, Progress, Result>(spec: JobSpec<Input, Progress, Result>): Job<Input> => {
    let own: AbortController | null = null;

    async function work(input: Input, controller: AbortController): Promise<Result> {
      const { signal } = controller;
      const sources: FrameSource[] = [];
      try {
        signal.throwIfAborted();
        return await spec.work(input, {
          signal,
          report(progress) {
            if (own === controller) spec.onProgress(progress);
          },
          async openLiveSource() {
            const source = await live.openSource(signal);
            sources.push(source);
            source.onEnd((problem) => controller.abort(new ProblemError(problem)));
            return source;
          },
        });
      } finally {
        for (const source of sources) source.close();
      }
    }

    async function run(input: Input, controller: AbortController): Promise<void> {
      let lease: MeasuringLease | null = null;
      let outcome: JobOutcome<Result>;
      try {
        await Promise.all([ready, restored]);
        lease = await claim();
        await live.suspend();
        outcome = { kind: 'done', result: await work(input, controller) };
      } catch (error) {
        outcome = outcomeOf(error, controller.signal, spec.problemFor);
      }
      own = null;
      busy = false;
      if (lease !== null) restored = restore(lease);
      spec.onEnd(outcome, input);
      await restored;
    }

    return {
      async start(input) {
        if (own !== null) return;
        if (busy) {
          spec.onEnd({ kind: 'failed', problem: { kind: 'measuring-already' } }, input);
          return;
        }
        busy = true;
        own = new AbortController();
        spec.onStart(input);
        await run(input, own);
      },
      isRunning: () => own !== null,
      cancel: () => own?.abort(new DOMException('The job was cancelled.', 'AbortError')),
    };
  };
}

function outcomeOf(
  error: unknown,
  { aborted, reason }: AbortSignal,
  problemFor: (detail: string) => Problem,
): Exclude<JobOutcome<never>, { kind: 'done' }> {
  // A source that ended by itself is the reason, whatever error the work reported.
  if (reason instanceof ProblemError) return { kind: 'failed', problem: reason.problem };
  return aborted ? { kind: 'cancelled' } : { kind: 'failed', problem: problemOf(error, problemFor) };
}

export interface MeasuringLease {
  /** Resolves when the next job may start to measure; an immediate start would be too early. May be called twice. */
  release(): Promise<void>;
}

/** @throws ProblemError measuring-elsewhere */
export type ClaimMeasuring = () => Promise<MeasuringLease>;

const LOCK_NAME = 'segscope.measuring';
const NO_LEASE: MeasuringLease = { release: () => Promise.resolve() };

/**
 * A Web Lock (https://www.w3.org/TR/web-locks/), so that it ends when its tab crashes or closes.
 * @param locks undefined on plain http from another machine, where browsers offer none: then no job is refused
 */
export function createMeasuringLock(
  locks: Pick<LockManager, 'request'> | undefined,
  name = LOCK_NAME,
): ClaimMeasuring {
  return () =>
    new Promise((resolve, reject) => {
      if (locks === undefined) {
        resolve(NO_LEASE);
        return;
      }
      const held = locks.request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          reject(new ProblemError({ kind: 'measuring-elsewhere' }));
          return;
        }
        return new Promise<void>((end) =>
          resolve({
            async release() {
              end();
              await held;
            },
          }),
        );
      });
      held.catch(() => {
        // A page without its own origin (a sandboxed frame) shares nothing with other pages.
        resolve(NO_LEASE);
      });
    });
}
