/** Runs one plan in the built page and waits for its end. */
import type { Page } from '@playwright/test';
import type { RunPlan, RunRecord } from '../../src/domain/measuring/run.ts';
import { backendOf } from '../../src/domain/setup.ts';
import type { PlanOutcome } from '../../src/features/runs/run-store.ts';

export interface MeasuredPlan {
  readonly outcome: PlanOutcome;
  /** In the order of the plan. */
  readonly runs: readonly RunRecord[];
}

/** Starts the plan in the page and waits for its end; reports each configuration when it starts. */
export async function measurePlan(page: Page, plan: RunPlan): Promise<MeasuredPlan> {
  await page.waitForFunction(() => globalThis.segscope !== undefined, undefined, { timeout: 60_000 });
  await page.evaluate(async (given) => {
    (await globalThis.segscope?.runs())?.start(given);
  }, plan);
  let told = -1;
  for (;;) {
    const { progress, outcome } = await page.evaluate(async () => {
      const { segscope } = globalThis;
      if (segscope === undefined) throw new Error('The page has no automation.');
      return (await segscope.runs()).runs.getState();
    });
    if (outcome !== null) return { outcome, runs: await runsOf(page, outcome.runIds) };
    if (progress.kind === 'running' && progress.at !== told && progress.phase !== 'recording') {
      told = progress.at;
      const planned = plan.choices[told];
      const left = progress.secondsLeft === null ? '' : `, about ${progress.secondsLeft.toFixed(0)} s left`;
      if (planned !== undefined) {
        const { modelId, inputSize, pipeline } = planned.setup;
        console.log(
          `${told + 1}/${plan.choices.length} ${modelId} ${backendOf(planned.setup)} ${inputSize} ${pipeline} ${planned.sourceKey}${left}`,
        );
      }
    }
    await page.waitForTimeout(500);
  }
}

function runsOf(page: Page, ids: readonly string[]): Promise<readonly RunRecord[]> {
  return page.evaluate(async (wanted) => {
    const status = (await globalThis.segscope?.runs())?.runs.getState().history;
    const runs = status?.kind === 'ready' ? status.runs : [];
    return wanted.flatMap((id) => runs.find((run) => run.id === id) ?? []);
  }, ids);
}
