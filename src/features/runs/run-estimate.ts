/** How far a plan is and how long it still takes, from nothing but what was measured so far. */
import type { RunTarget } from '../../domain/measuring/run.ts';
import type { RecordingProgress } from '../../pipeline/run-recorder.ts';

export interface PlanReading {
  /** Choices of the whole plan. */
  readonly choices: number;
  /** How long each choice that is over took, s. */
  readonly finishedSeconds: readonly number[];
  /** Since the choice under way began, s. */
  readonly elapsedSeconds: number;
  /** Of that, since its first frame was asked for, s; 0 while it is being loaded. */
  readonly recordingSeconds: number;
  /** Share of the recording that is done, 0..1. */
  readonly recorded01: number;
}

export interface PlanEstimate {
  /** Of the whole plan, 0..1. */
  readonly progress01: number;
  /** null while nothing is known. */
  readonly secondsLeft: number | null;
}

/** Loading and closing belong to a choice too: the bar reserves this share of its part for each. */
const LOADING_SHARE = 0.1;
const RECORDING_SHARE = 0.85;
/** Below this share of a recording its length is a guess. */
const LEAST_SHARE = 0.05;

/** Share of warm-up and counted frames that is done, 0..1; frames or seconds decide, whichever is further off. */
export function recordedShare(target: RunTarget, { frames, seconds }: RecordingProgress): number {
  const byFrames = frames / Math.max(1, target.warmUpFrames + target.frames);
  const bySeconds = target.seconds > 0 ? seconds / target.seconds : 1;
  return Math.min(1, byFrames, bySeconds);
}

/** Every choice counts alike for the bar; the choices to come are taken to last as long as those before them. */
export function estimatePlan(reading: PlanReading): PlanEstimate {
  const { choices, finishedSeconds, elapsedSeconds, recordingSeconds, recorded01 } = reading;
  const inChoice = recordingSeconds > 0 ? LOADING_SHARE + RECORDING_SHARE * recorded01 : 0;
  const progress01 = choices === 0 ? 1 : Math.min(1, (finishedSeconds.length + inChoice) / choices);
  const current =
    recorded01 >= LEAST_SHARE
      ? elapsedSeconds - recordingSeconds + recordingSeconds / recorded01
      : mean(finishedSeconds);
  if (current === null) return { progress01, secondsLeft: null };
  const left = choices - finishedSeconds.length;
  const typical = mean([...finishedSeconds, current]) ?? current;
  const ofCurrent = left > 0 ? Math.max(0, current - elapsedSeconds) : 0;
  return { progress01, secondsLeft: ofCurrent + Math.max(0, left - 1) * typical };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
