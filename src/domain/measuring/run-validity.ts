/** Whether a run may be quoted: every check with its verdict and its figures in one sentence. */
import { throttledWhile } from './host-readings.ts';
import type { RunRecord, Validity, ValidityCheck } from './run.ts';
import { VALIDITY_CHECKS } from './run.ts';
import { DRIFT_LEAST_FRAMES, DRIFT_TOLERANCE, runDrift } from './run-drift.ts';
import { columnsUnaccounted } from './run-columns.ts';
import { ACCOUNTED_TOLERANCE } from './stage-timings.ts';
import { median } from './statistics.ts';

/** The checks that decide whether a run is valid. */
export type RunParts = Pick<RunRecord, 'target' | 'columns' | 'events' | 'memory' | 'host'>;

interface Verdict {
  readonly passed: boolean;
  /** One sentence. */
  readonly detail: string;
}

/**
 * Judges a run by every check of VALIDITY_CHECKS, in order; it is valid when all pass.
 *
 * - target-reached: the run reached both the frames and the seconds requested, and nothing ended it early.
 * - tab-visible, no-context-loss, no-backend-change: the event never happened.
 * - no-throttling: the agent's machine did not report throttling. The median busy time (frame without waiting) of the
 *   last third must also differ from that of the first by at most 10 %, or by more if its 95 % bootstrap interval
 *   includes 0. Under 60 frames there is too little data, and the check passes and says so.
 * - tensors-back: as many tensors after the last frame as after loading, none after closing.
 * - stages-sum-up: in the median frame at most 5 % of the time belongs to no stage.
 */
export function judgeRun(parts: RunParts): Validity {
  const checks = VALIDITY_CHECKS.map((check) => ({ check, ...JUDGES[check](parts) }));
  return { valid: checks.every(({ passed }) => passed), checks };
}

/** Sentences of the failed checks, in order; empty for a valid run. */
export function reasonsInvalid(validity: Validity): readonly string[] {
  return validity.checks.filter(({ passed }) => !passed).map(({ detail }) => detail);
}

const JUDGES: Readonly<Record<ValidityCheck, (parts: RunParts) => Verdict>> = {
  'target-reached': ({ target, columns, events }) => {
    const frames = columns.at.length;
    const seconds = (columns.at.at(-1) ?? 0) / 1000;
    const atLeast = target.seconds > 0 ? ` of at least ${target.seconds}` : '';
    const counted = `${frames} of ${target.frames} frames in ${seconds.toFixed(1)}${atLeast} s`;
    if (events.endedEarly !== null) {
      return { passed: false, detail: `Ended early, after ${counted}: ${events.endedEarly}` };
    }
    const passed = frames > 0 && frames >= target.frames && seconds >= target.seconds;
    return { passed, detail: passed ? `Target reached: ${counted}.` : `Target not reached: ${counted}.` };
  },

  'tab-visible': ({ events: { hidden } }) =>
    hidden === 0
      ? { passed: true, detail: 'The tab was visible throughout.' }
      : { passed: false, detail: `The tab was hidden ${hidden === 1 ? 'once' : `${hidden} times`}.` },

  'no-context-loss': ({ events: { contextLost } }) =>
    contextLost
      ? { passed: false, detail: 'The graphics device dropped its context.' }
      : { passed: true, detail: 'The graphics context was kept.' },

  'no-backend-change': ({ events: { backendChanged } }) =>
    backendChanged
      ? { passed: false, detail: 'Another backend or device ran than the one that was asked for.' }
      : { passed: true, detail: 'The backend stayed the same.' },

  'no-throttling': ({ columns, host }) => {
    const reasons = throttledWhile(host);
    if (reasons.length > 0) {
      return {
        passed: false,
        detail: `The agent's machine was throttled during the run (${reasons.join(', ')}): not to be quoted.`,
      };
    }
    const drift = runDrift(columns);
    if (drift === null) {
      const frames = String(columns.frame.length);
      return {
        passed: true,
        detail: `${frames} frames are too few to tell drift from noise (needs ${DRIFT_LEAST_FRAMES}).`,
      };
    }
    const { low, high } = drift.interval;
    const figures = `${signedPercent(drift.change)} (95 % interval ${signedPercent(low)} to ${signedPercent(high)}), ${slopeText(drift.trend.slope)} by the line through all frames`;
    if (!drift.suspicious) {
      return {
        passed: true,
        detail: `From the first to the last third the frame time changed by ${figures}.`,
      };
    }
    const suspicion =
      drift.change > 0 ? 'the device may be throttling' : 'the run began before the device was steady';
    return {
      passed: false,
      detail: `From the first to the last third the frame time changed by ${figures}: beyond ${percent(DRIFT_TOLERANCE)}, so ${suspicion}.`,
    };
  },

  'tensors-back': ({ memory }) => {
    const { tensorsLoaded, tensorsAfter, tensorsLeft } = memory;
    const counts = `${tensorsLoaded} after loading, ${tensorsAfter} after the last frame, ${tensorsLeft} after closing`;
    const passed = tensorsAfter <= tensorsLoaded && tensorsLeft === 0;
    return { passed, detail: passed ? `No tensor was left over: ${counts}.` : `Tensors leaked: ${counts}.` };
  },

  'stages-sum-up': ({ columns }) => {
    if (columns.frame.length === 0) {
      return { passed: false, detail: 'No frame was counted, so no stages could be summed.' };
    }
    const share = median(columnsUnaccounted(columns));
    const passed = share <= ACCOUNTED_TOLERANCE;
    const figure = `${percent(share)} of the median frame belongs to no stage`;
    return {
      passed,
      detail: passed ? `${figure}.` : `${figure}, more than the ${percent(ACCOUNTED_TOLERANCE)} allowed.`,
    };
  },
};

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function signedPercent(share: number): string {
  return `${share < 0 ? '-' : '+'}${percent(Math.abs(share))}`;
}

function slopeText(msPerFrame: number): string {
  return `${msPerFrame < 0 ? '-' : '+'}${Math.abs(msPerFrame * 1000).toFixed(2)} ms per 1,000 frames`;
}
