/** Tells where a plan stands, from the clock and from the recorder under way. */
import type { RunPlan } from '../../domain/measuring/run.ts';
import type { RunRecorder } from '../../pipeline/run-recorder.ts';
import type { PlanFailure, RunProgress } from './run-store.ts';
import { estimatePlan, recordedShare } from './run-estimate.ts';
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
