/** Works through a plan, one configuration after another: it notes failures and hands on each run at once. */
import { problemOf } from '../../domain/problems/problem.ts';
import { REPLAY_KEY, type RunPlan } from '../../domain/measuring/run.ts';
import type { PlanFailure, PlanOutcome } from './run-store.ts';
import { preparePlan, type OpenSource } from './run-preparation.ts';
import { createProgressBoard, type Running } from './run-progress.ts';
import { measureChoice, type MeasuredRun, type RunnerParts } from './run-runner.ts';

export interface PlanParts extends Omit<RunnerParts, 'openSource'> {
  readonly openSource: OpenSource;
  readonly onProgress: (progress: Running) => void;
  /** Saves the run before the next one starts; must not reject. */
  readonly onMeasured: (measured: MeasuredRun) => Promise<void>;
}

/** Never rejects. @param signal aborting ends the current choice after the frame in flight, and the plan with it */
export async function runPlan(parts: PlanParts, plan: RunPlan, signal: AbortSignal): Promise<PlanOutcome> {
  const failures: PlanFailure[] = [];
  const runIds: string[] = [];
  const board = createProgressBoard(plan, failures, parts.now, parts.onProgress);
  const prepared = await preparePlan(parts.openSource, plan, signal);
  const runner: RunnerParts = {
    ...parts,
    openSource: async ({ sourceKey }) =>
      sourceKey === REPLAY_KEY ? prepared.openReplay() : parts.openSource(sourceKey, signal),
  };
  for (const [at, choice] of plan.choices.entries()) {
    if (signal.aborted) break;
    board.begin(at);
    try {
      const measured = await measureChoice(runner, choice, plan.target, prepared.reportFrame, signal, board);
      if (measured !== null) {
        const replayed = choice.sourceKey === REPLAY_KEY && { replayFrames: plan.replayFrames };
        await parts.onMeasured({ ...measured, run: { ...measured.run, ...replayed } });
        runIds.push(measured.run.id);
      }
    } catch (error) {
      failures.push({ at, problem: problemOf(error, (detail) => ({ kind: 'worker-crashed', detail })) });
    }
    board.end();
  }
  board.close();
  prepared.close();
  return { plan, runIds, failures, cancelled: signal.aborted };
}
