/** Borrows the live view's source for a while: the live view is out of the way meanwhile and comes back as it was. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import type { LiveSuspension } from './live-suspension.ts';
import type { OpenSource } from '../runs/run-preparation.ts';

export interface LoanParts {
  readonly suspension: LiveSuspension;
  readonly openSource: OpenSource;
  /** Of the source that the live view shows. */
  readonly liveSourceKey: () => string;
}

/**
 * Opens the source when `work` asks for it, and closes it in the end, whatever happens. A source that ends on its own
 * (a camera unplugged) ends the work with its problem.
 * @param work is given a signal that is aborted with `signal` or when the source ends
 * @throws ProblemError, or the signal's reason
 */
export async function withLiveSource(
  { suspension, openSource, liveSourceKey }: LoanParts,
  signal: AbortSignal,
  work: (open: () => Promise<FrameSource>, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  if (suspension.busy()) throw new ProblemError({ kind: 'measuring-already' });
  // Asked before the live view gives its source up.
  const key = liveSourceKey();
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  let source: FrameSource | null = null;
  await suspension.begin();
  try {
    signal.throwIfAborted();
    await work(async () => {
      source = await openSource(key, signal);
      source.onEnd((problem) => ended.abort(new ProblemError(problem)));
      return source;
    }, either);
  } finally {
    (source as FrameSource | null)?.close();
    await suspension.end();
  }
}
