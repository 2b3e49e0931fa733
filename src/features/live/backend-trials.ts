/** Times a segmenter on real frames of the current source, and explains in words why a backend was chosen. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { agreement01 } from '../../domain/labels/label-map.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import { percentile } from '../../domain/measuring/statistics.ts';
import { backendWords, type BrowserPlace } from '../../domain/setup.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import type { BackendTrial } from '../../app/session-store.ts';

/** Timed frames per candidate, and the time after which fewer are enough (slow models). */
const TRIAL_FRAMES = 7;
const TRIAL_BUDGET_MS = 1000;
/** Half precision and other summation orders change a few labels at borders; a wrong computation changes many. */
const AGREEING01 = 0.98;

/**
 * Median of preprocess + inference + postprocess over a few runs on the same frame, ms. One untimed run
 * comes first. The caller holds the pump, so that nothing else runs meanwhile.
 * @param witness must produce the same labels for that frame: a driver can compute garbage without any error.
 * @throws ProblemError from the source or the segmenter; backend-unavailable if the labels differ
 */
export async function timeSegmenter(
  segmenter: Segmenter,
  source: FrameSource,
  now: () => number,
  signal: AbortSignal,
  witness: Segmenter | null = null,
): Promise<number> {
  let { frame, labelMap } = await segmenter.segment(await source.capture(signal), signal);
  const times: number[] = [];
  const started = now();
  while (times.length < TRIAL_FRAMES && (times.length === 0 || now() - started < TRIAL_BUDGET_MS)) {
    const segmentation = await segmenter.segment(frame, signal);
    ({ frame, labelMap } = segmentation);
    const { preprocess, inference, postprocess } = segmentation.stages;
    times.push(preprocess + inference + postprocess);
  }
  if (witness !== null) {
    const seen = await witness.segment(frame, signal);
    frame = seen.frame;
    const same01 = agreement01(labelMap, seen.labelMap);
    if (!(same01 >= AGREEING01)) {
      frame.pixels.close();
      const { backend } = segmenter.description;
      const detail = `only ${(same01 * 100).toFixed(1)} % of its labels are those of ${witness.description.backend} on the same frame`;
      throw new ProblemError({ kind: 'backend-unavailable', backend, detail });
    }
  }
  frame.pixels.close();
  return percentile(times, 50);
}

/** Every choice starts here. */
export const WASM: BrowserPlace = { kind: 'browser', backend: 'wasm', threads: null };

export function isSamePlace(one: BrowserPlace, other: BrowserPlace): boolean {
  return one.backend === other.backend && one.threads === other.threads;
}

/** The fastest measured candidate, or null if none was measured. */
export function fastest(trials: readonly BackendTrial[]): BrowserPlace | null {
  let best: { place: BrowserPlace; medianMs: number } | null = null;
  for (const { backend, threads, outcome } of trials) {
    if (outcome.kind !== 'measured') continue;
    const { medianMs } = outcome;
    if (best === null || medianMs < best.medianMs) {
      best = { place: { kind: 'browser', backend, threads }, medianMs };
    }
  }
  return best?.place ?? null;
}

/** One sentence that says why `chosen` runs, from the trials that were measured and those that were not. */
export function whyChosen(chosen: BrowserPlace, trials: readonly BackendTrial[]): string {
  const measured = trials.flatMap(({ outcome, ...candidate }) =>
    outcome.kind === 'measured' ? [`${backendWords(candidate)} ${outcome.medianMs.toFixed(1)} ms`] : [],
  );
  const skipped = trials.flatMap(({ outcome, ...candidate }) =>
    outcome.kind === 'measured' ? [] : [`${backendWords(candidate)}: ${outcome.reason}`],
  );
  const remembered = trials.some(({ outcome }) => outcome.kind === 'measured' && outcome.remembered);
  const when = remembered ? 'measured here on an earlier visit' : 'measured here';
  const first =
    measured.length > 1
      ? `${backendWords(chosen)} is the fastest (${measured.join(', ')}; ${when}).`
      : `${backendWords(chosen)} is the only candidate${measured.length === 1 ? ` (${measured[0] ?? ''}; ${when})` : ''}.`;
  return skipped.length === 0 ? first : `${first} Not used: ${skipped.join('; ')}.`;
}
