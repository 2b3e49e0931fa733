/** Tells where a plan stands, from the clock and from the recorder under way. */
import type { RunPlan, RunTarget } from '../../domain/measuring/run.ts';
import type { RunRecorder, RecordingProgress } from '../../pipeline/run-recorder.ts';
import type { PlanFailure, RunProgress } from './run-store.ts';
import type { RunWatcher } from './run-runner.ts';

export type Running = Extract<RunProgress, { kind: 'running' }>;

export interface ProgressBoard extends RunWatcher {
  begin(at: number): void;
  end(): void;
  close(): void;
}

const PUBLISH_EVERY_MS = 250;

/** @param onProgress at every change of phase, and a few times a second between */
export function createProgressBoard(
  plan: RunPlan,
  failures: readonly PlanFailure[],
  now: () => number,
  onProgress: (progress: Running) => void,
): ProgressBoard {
  const finishedSeconds: number[] = [];
  let at = 0;
  let phase: Running['phase'] = plan.replaySourceKey === null ? 'loading' : 'recording';
  let recorder: RunRecorder | null = null;
  let beganAt = now();
  let recordingSince = 0;

  function publish(): void {
    const reading = recorder?.progress() ?? null;
    const recordingSeconds = reading === null ? 0 : (now() - recordingSince) / 1000;
    onProgress({
      kind: 'running',
      plan,
      at,
      phase: phase === 'loading' ? (reading?.phase ?? phase) : phase,
      ...estimatePlan({
        choices: plan.choices.length,
        finishedSeconds,
        elapsedSeconds: (now() - beganAt) / 1000,
        recordingSeconds,
        recorded01: reading === null ? 0 : recordedShare(plan.target, reading),
      }),
      failures: [...failures],
    });
  }

  const ticking = setInterval(publish, PUBLISH_EVERY_MS);
  publish();
  return {
    begin(index) {
      at = index;
      beganAt = now();
    },
    onLoading() {
      phase = 'loading';
      recorder = null;
      publish();
    },
    onRecording(started) {
      recorder = started;
      recordingSince = now();
      publish();
    },
    onSaving() {
      phase = 'saving';
      publish();
    },
    end() {
      finishedSeconds.push((now() - beganAt) / 1000);
      recorder = null;
      publish();
    },
    close() {
      clearInterval(ticking);
    },
  };
}

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

interface PlanEstimate {
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
