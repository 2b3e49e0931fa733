/** Reports the progress of a plan, from the clock and the current recorder. */
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
  /** Duration of each finished choice, s. */
  readonly finishedSeconds: readonly number[];
  /** Time since the current choice started, s. */
  readonly elapsedSeconds: number;
  /** Part of that time since its first frame was requested, s; 0 while loading. */
  readonly recordingSeconds: number;
  /** Finished share of the recording, 0..1. */
  readonly recorded01: number;
}

interface PlanEstimate {
  /** Share of the whole plan, 0..1. */
  readonly progress01: number;
  /** null while unknown. */
  readonly secondsLeft: number | null;
}

/** Loading and closing are part of a choice too: the bar reserves this share of the choice's part for each. */
const LOADING_SHARE = 0.1;
const RECORDING_SHARE = 0.85;
/** Below this share of a recording, its length is only a guess. */
const LEAST_SHARE = 0.05;

/**
 * Finished share of warm-up and counted frames, 0..1; frames or seconds decide, whichever is further from its target.
 */
export function recordedShare(target: RunTarget, { frames, seconds }: RecordingProgress): number {
  const byFrames = frames / Math.max(1, target.warmUpFrames + target.frames);
  const bySeconds = target.seconds > 0 ? seconds / target.seconds : 1;
  return Math.min(1, byFrames, bySeconds);
}

/** Every choice has the same part of the bar; later choices are assumed to last as long as those before them. */
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
