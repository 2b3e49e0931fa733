/** How long a plan will take, based only on measurements on this machine. */
import type { ColdTimings } from '../../../../domain/measuring/configuration.ts';
import type { RunPlan, RunRecord } from '../../../../domain/measuring/run.ts';
import { sameSetup, type Setup } from '../../../../domain/setup.ts';
import { counted, formatSpan } from '../../../../domain/quantity.ts';

/** What a configuration took before. */
export interface TimeBasis {
  readonly setup: Setup;
  /** From one frame to the next, waiting included, ms. */
  readonly frameMs: number;
  readonly coldMs: number;
}

export interface TimeEstimate {
  /** Sum over the choices; one without a basis counts only its target's seconds. */
  readonly seconds: number;
  /** Choices without a basis. */
  readonly unknown: number;
  readonly choices: number;
}

export function coldSum({ startMs, downloadMs, parseMs, firstInferenceMs }: ColdTimings): number {
  return startMs + downloadMs + parseMs + firstInferenceMs;
}

/** null for a run without a counted frame. */
export function basisOf({ setup, columns, cold }: RunRecord): TimeBasis | null {
  const frames = columns.at.length;
  const elapsedMs = columns.at[frames - 1] ?? 0;
  if (frames === 0 || elapsedMs <= 0) return null;
  return { setup, frameMs: elapsedMs / frames, coldMs: coldSum(cold) };
}

/** @param bases the most trustworthy first: the first that fits a choice counts */
export function estimateTime({ choices, target }: RunPlan, bases: readonly TimeBasis[]): TimeEstimate {
  const fitting = choices.map(({ setup }) => bases.find((basis) => sameSetup(basis.setup, setup)));
  const seconds = fitting.map((basis) => {
    if (basis === undefined) return target.seconds;
    const counting = Math.max(target.seconds, (target.frames * basis.frameMs) / 1000);
    return counting + (basis.coldMs + target.warmUpFrames * basis.frameMs) / 1000;
  });
  return {
    seconds: seconds.reduce((sum, value) => sum + value, 0),
    unknown: fitting.filter((basis) => basis === undefined).length,
    choices: choices.length,
  };
}

/** "About 3 min, …", "At least 2 min: 1 of 3 configurations not measured here yet." */
export function estimateWords({ seconds, unknown, choices }: TimeEstimate): string {
  if (unknown === 0) return `About ${formatSpan(seconds)}, based on earlier measurements here.`;
  const who =
    unknown === choices
      ? 'nothing was measured here yet'
      : `${unknown} of ${counted(choices, 'configuration')} not measured here yet`;
  return seconds === 0 ? `Time unknown: ${who}.` : `At least ${formatSpan(seconds)}: ${who}.`;
}
