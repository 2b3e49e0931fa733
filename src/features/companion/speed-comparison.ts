/** Computes which side is faster, browser or agent, by what factor, and with what confidence interval. */
import {
  BOOTSTRAP_SEED,
  medianInterval,
  middle95,
  resampledMedians,
} from '../../domain/measuring/bootstrap.ts';
import { seededRandom } from '../../domain/measuring/seeded-random.ts';
import type { StageTimings } from '../../domain/measuring/stage-timings.ts';
import { median } from '../../domain/measuring/statistics.ts';
import type { SpeedComparison, SpeedFactor } from './companion-timing-store.ts';

/** Fewer frames give no result. */
const FEWEST_FRAMES = 10;
/** Only the most recent frames count. */
const MOST_FRAMES = 512;
/** Half as many as in a report, because these figures are recomputed while the live picture runs. */
const LIVE_RESAMPLES = 1000;

/** Time from captured pixels to label map, ms; capture and paint are the same on both sides. */
export function segmentationMs({
  encode,
  transport,
  preprocess,
  inference,
  postprocess,
}: StageTimings): number {
  return encode + transport + preprocess + inference + postprocess;
}

export interface SpeedWatch {
  pushBrowser(stages: StageTimings): void;
  pushAgent(stages: StageTimings): void;
  reset(): void;
  /** @param paired the k-th frame of one side is the k-th of the other. null: too few frames */
  reading(paired: boolean): SpeedComparison | null;
}

interface Side {
  readonly segmentation: number[];
  readonly inference: number[];
}

export function createSpeedWatch(): SpeedWatch {
  let browser = emptySide();
  let agent = emptySide();
  return {
    pushBrowser: (stages) => push(browser, stages),
    pushAgent: (stages) => push(agent, stages),
    reset() {
      browser = emptySide();
      agent = emptySide();
    },
    reading(paired) {
      const frames = Math.min(browser.inference.length, agent.inference.length);
      if (frames < FEWEST_FRAMES) return null;
      const factor = paired ? pairedFactor : unpairedFactor;
      return {
        paired,
        frames,
        segmentation: factor(browser.segmentation, agent.segmentation),
        inference: factor(browser.inference, agent.inference),
      };
    },
  };
}

/** One ratio per frame, newest with newest: a brief slowdown of the machine affects both sides. */
export function pairedFactor(browserMs: readonly number[], agentMs: readonly number[]): SpeedFactor {
  const n = Math.min(browserMs.length, agentMs.length);
  const theirs = agentMs.slice(-n);
  const ratios = browserMs.slice(-n).map((ms, i) => ms / positive(theirs[i] as number));
  return withVerdict(median(ratios), medianInterval(ratios, seededRandom(BOOTSTRAP_SEED), LIVE_RESAMPLES));
}

/** Ratio of the medians; each side is resampled independently. */
export function unpairedFactor(browserMs: readonly number[], agentMs: readonly number[]): SpeedFactor {
  const random = seededRandom(BOOTSTRAP_SEED);
  const ours = resampledMedians(browserMs, random, LIVE_RESAMPLES);
  const theirs = resampledMedians(agentMs, random, LIVE_RESAMPLES);
  const ratios = ours.map((ms, i) => ms / positive(theirs[i] as number));
  return withVerdict(median(browserMs) / positive(median(agentMs)), middle95(ratios));
}

/** Durations can be shorter than the clock's resolution; this avoids division by zero, ms. */
const positive = (ms: number) => Math.max(ms, 0.001);

function withVerdict(
  value: number,
  { low, high }: { readonly low: number; readonly high: number },
): SpeedFactor {
  return { value, low, high, faster: low > 1 ? 'agent' : high < 1 ? 'browser' : 'neither' };
}

function emptySide(): Side {
  return { segmentation: [], inference: [] };
}

function push(side: Side, stages: StageTimings): void {
  side.segmentation.push(segmentationMs(stages));
  side.inference.push(stages.inference);
  if (side.inference.length <= MOST_FRAMES) return;
  side.segmentation.shift();
  side.inference.shift();
}
