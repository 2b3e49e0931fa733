/** Runs whole plans through the built page's run session, prints them and writes the same exports as the page. */
import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Page } from '@playwright/test';
import type { ExportFormat } from '../../src/features/runs/run-session.ts';
import { describeProblem } from '../../src/domain/problems/problem.ts';
import { backendOf } from '../../src/domain/setup.ts';
import type { RunRecord } from '../../src/domain/measuring/run.ts';
import { reasonsInvalid } from '../../src/domain/measuring/run-validity.ts';
import { rowOf, summariseRun } from '../../src/domain/measuring/run-summary.ts';
import { measurePlan, type MeasuredPlan } from './measure-plan.ts';
import { startPageDriver } from './page-driver.ts';
import { measureRunFigures, printRunFigures } from './run-figures.ts';
import type { RunOptions } from './run-options.ts';

/** @returns true if every configuration was measured and is valid */
export async function benchPlan(options: RunOptions): Promise<boolean> {
  const driver = await startPageDriver(options);
  try {
    const { page } = await driver.open('#/runs');
    const measured = await measurePlan(page, options.plan);
    printRuns(measured);
    for (const [format, path] of Object.entries(options.files) as [ExportFormat, string | null][]) {
      if (path !== null) await writeExport(page, measured.runs, format, path);
    }
    if (options.figures) printRunFigures(await measureRunFigures(driver));
    return measured.outcome.failures.length === 0 && measured.runs.every(({ validity }) => validity.valid);
  } finally {
    await driver.close();
  }
}

/** The page's own export. If a format has several files, the first gets the path, and the others append their names to it. */
async function writeExport(
  page: Page,
  runs: readonly RunRecord[],
  format: ExportFormat,
  path: string,
): Promise<void> {
  const files = await page.evaluate(
    async ({ chosen, as }) => {
      const made = (await (await globalThis.segscope?.runs())?.exportRuns(chosen, as)) ?? [];
      return Promise.all(
        made.map(async ({ fileName, blob }) => {
          const bytes = new Uint8Array(await blob.arrayBuffer());
          let binary = '';
          for (let at = 0; at < bytes.length; at += 32_768) {
            binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
          }
          return { fileName, base64: btoa(binary) };
        }),
      );
    },
    { chosen: runs, as: format },
  );
  files.forEach(({ fileName, base64 }, index) => {
    const ending = extname(path);
    const own = fileName.replace(/^segscope_[^_]*_/, '');
    const target = index === 0 ? path : `${path.slice(0, path.length - ending.length)}.${own}`;
    writeFileSync(target, Buffer.from(base64, 'base64'));
    console.log(`Written: ${target}`);
  });
}

const cell = (value: number | null | undefined, digits = 2) =>
  (value === null || value === undefined ? '-' : value.toFixed(digits)).padStart(9);

export function printRuns({ runs, outcome }: MeasuredPlan): void {
  const width = Math.max(10, ...runs.map(({ name }) => name.length));
  console.log(
    `\n${'run'.padEnd(width)}    n     frame       p95 inference  frames/s   model/s  verdict   (medians, ms)`,
  );
  for (const run of runs) {
    const summary = summariseRun(run);
    const frame = rowOf(summary, 'frame');
    const { framesPerSecond, modelPerSecond } = summary.rates;
    const figures = [
      cell(frame?.median),
      cell(frame?.p95),
      cell(rowOf(summary, 'inference')?.median),
      cell(framesPerSecond, 1),
      cell(modelPerSecond, 1),
    ];
    const verdict = run.validity.valid ? 'valid' : 'NOT VALID';
    console.log(
      `${run.name.padEnd(width)} ${String(summary.n).padStart(4)} ${figures.join(' ')}  ${verdict}`,
    );
    for (const reason of reasonsInvalid(run.validity)) console.log(`  - ${reason}`);
  }
  for (const { at, problem } of outcome.failures) {
    const setup = outcome.plan.choices[at]?.setup;
    const { sentence, nextStep } = describeProblem(problem);
    console.log(
      `${setup?.modelId ?? ''}, ${setup === undefined ? '' : backendOf(setup)}, ${setup?.inputSize ?? ''} px: NOT MEASURED\n  - ${sentence} ${nextStep}`,
    );
  }
}
