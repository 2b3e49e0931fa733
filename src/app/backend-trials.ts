/** Times a segmenter on real frames of the current source, and words why a backend was chosen. */
import type { FrameSource } from '../capture/frame-source.ts';
import { percentile } from '../domain/statistics.ts';
import type { Segmenter } from '../segmentation/segmenter.ts';
import type { BackendTrial } from '../state/session-store.ts';

/** Timed frames per candidate, and the time after which fewer must do (slow models). */
const TRIAL_FRAMES = 7;
const TRIAL_BUDGET_MS = 1000;

/**
 * Median of preprocess + inference + postprocess over a few runs on one and the same frame, ms. One untimed run
 * comes first. The caller holds the pump, so that nothing else runs meanwhile.
 * @throws ProblemError from the source or the segmenter
 */
export async function timeSegmenter(
  segmenter: Segmenter,
  source: FrameSource,
  now: () => number,
  signal: AbortSignal,
): Promise<number> {
  let { frame } = await segmenter.segment(await source.capture(signal), signal);
  const times: number[] = [];
  const started = now();
  while (times.length < TRIAL_FRAMES && (times.length === 0 || now() - started < TRIAL_BUDGET_MS)) {
    const segmentation = await segmenter.segment(frame, signal);
    frame = segmentation.frame;
    const { preprocess, inference, postprocess } = segmentation.stages;
    times.push(preprocess + inference + postprocess);
  }
  frame.pixels.close();
  return percentile(times, 50);
}

/** What was tried: a backend, with a number of threads of its own or without. */
export type Candidate = Pick<BackendTrial, 'backend' | 'threads'>;

/** The fastest measured candidate, or null where none was measured. */
export function fastest(trials: readonly BackendTrial[]): Candidate | null {
  let best: { candidate: Candidate; medianMs: number } | null = null;
  for (const { backend, threads, outcome } of trials) {
    if (outcome.kind !== 'measured') continue;
    const { medianMs } = outcome;
    if (best === null || medianMs < best.medianMs) best = { candidate: { backend, threads }, medianMs };
  }
  return best?.candidate ?? null;
}

/** For instance "litert with 2 threads". */
export function candidateName({ backend, threads }: Candidate): string {
  return threads === null ? backend : `${backend} with ${String(threads)} threads`;
}

/** One sentence that says why `chosen` runs, from what was measured and what was not. */
export function whyChosen(chosen: Candidate, trials: readonly BackendTrial[]): string {
  const measured = trials.flatMap(({ outcome, ...candidate }) =>
    outcome.kind === 'measured' ? [`${candidateName(candidate)} ${outcome.medianMs.toFixed(1)} ms`] : [],
  );
  const skipped = trials.flatMap(({ outcome, ...candidate }) =>
    outcome.kind === 'measured' ? [] : [`${candidateName(candidate)}: ${outcome.reason}`],
  );
  const remembered = trials.some(({ outcome }) => outcome.kind === 'measured' && outcome.remembered);
  const when = remembered ? 'measured here on an earlier visit' : 'measured here';
  const first =
    measured.length > 1
      ? `${candidateName(chosen)} is the fastest (${measured.join(', ')}; ${when}).`
      : `${candidateName(chosen)} is the only candidate${measured.length === 1 ? ` (${measured[0] ?? ''}; ${when})` : ''}.`;
  return skipped.length === 0 ? first : `${first} Not used: ${skipped.join('; ')}.`;
}
