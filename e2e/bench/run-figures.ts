/** The promised figures for runs and reports: the cost of recording, and the time for a table of 200 runs and a bundle of 12. */
import type { Page } from '@playwright/test';
import type { RecordingCost } from '../../src/features/runs/recording-cost.ts';
import type { RunPlan } from '../../src/domain/measuring/run.ts';
import { browserSetup } from '../../src/domain/setup.ts';
import { RUN_FIGURES } from '../thresholds.ts';
import { median } from '../../src/domain/measuring/statistics.ts';
import { measurePlan } from './measure-plan.ts';
import { untilSettled, type PageDriver } from './page-driver.ts';

export interface RunFigures {
  readonly recording: RecordingCost;
  /** From the moment the page has the runs to the frame that shows their table; ms each. */
  readonly table: { readonly runs: number; readonly renderingsMs: readonly number[] };
  readonly bundle: { readonly configurations: number; readonly seconds: number; readonly bytes: number };
}

const MODELS = ['segscope-mnv2-257', 'segscope-mnv2-257-uint8'];
/** The promise applies at this rate. */
const FRAME_MS_AT_30 = 1000 / 30;

/** 2 models x 3 sizes x 2 pictures. A few frames each are enough, because the bundle's time does not depend on their speed. */
const TWELVE: RunPlan = {
  choices: MODELS.flatMap((modelId) =>
    [257, 385, 513].flatMap((inputSize) =>
      ['sample:astronaut', 'sample:chelsea'].map((sourceKey) => ({
        setup: browserSetup(modelId, inputSize, 'wasm'),
        sourceKey,
      })),
    ),
  ),
  target: { frames: 20, seconds: 0, warmUpFrames: 1 },
  replayFrames: 0,
  replaySourceKey: null,
};

export async function measureRunFigures(driver: PageDriver): Promise<RunFigures> {
  console.log('\nWhat recording costs ...');
  const live = await driver.open('#/live?source=sample:astronaut&backend=wasm');
  await untilSettled(live.page);
  const recording = await live.page.evaluate(() => {
    const { segscope } = globalThis;
    if (segscope === undefined) throw new Error('The page has no automation.');
    return segscope.recordingCost({ pairs: 60, framesPerBlock: 1000 });
  });
  await live.page.context().close();

  console.log('A bundle of 12 configurations ...');
  const { page } = await driver.open('#/runs');
  const { outcome } = await measurePlan(page, TWELVE);
  const bundle = await page.evaluate(async (ids) => {
    const session = await globalThis.segscope?.runs();
    const status = session?.runs.getState().history;
    if (session === undefined || status?.kind !== 'ready') throw new Error('There is no history.');
    const runs = status.runs.filter(({ id }) => ids.includes(id));
    const began = performance.now();
    const [file] = await session.exportRuns(runs, 'bundle');
    const seconds = (performance.now() - began) / 1000;
    return { configurations: runs.length, seconds, bytes: file?.blob.size ?? NaN };
  }, outcome.runIds);
  const table = await measureTable(page, outcome.runIds);
  await page.context().close();
  return { recording, table, bundle };
}

const TABLE_RUNS = 200;
const RENDERINGS = 9;

/** Fills the history with copies of the runs just measured, then repeatedly removes them from the page and restores them. */
async function measureTable(page: Page, measured: readonly string[]): Promise<RunFigures['table']> {
  await page.evaluate(
    async ({ ids, wanted }) => {
      const session = await globalThis.segscope?.runs();
      const status = session?.runs.getState().history;
      if (session === undefined || status?.kind !== 'ready') throw new Error('There is no history.');
      const [file] = await session.exportRuns(
        status.runs.filter(({ id }) => ids.includes(id)),
        'json',
      );
      if (file === undefined) throw new Error('There is no export.');
      const exported = JSON.parse(await file.blob.text()) as { runs: { id: string; name: string }[] };
      const copies = Array.from({ length: wanted - status.runs.length }, (_, i) => {
        const run = exported.runs[i % exported.runs.length];
        if (run === undefined) throw new Error('The export holds no run.');
        return { ...run, id: crypto.randomUUID(), name: `${run.name}, copy ${i}` };
      });
      session.importFile(new File([JSON.stringify({ ...exported, runs: copies })], 'runs.json'));
    },
    { ids: measured, wanted: TABLE_RUNS },
  );
  const runs = TABLE_RUNS;
  await page.locator(`table[aria-rowcount="${runs + 1}"]`).waitFor();
  const renderingsMs = await page.evaluate(async (count) => {
    const store = (await globalThis.segscope?.runs())?.runs;
    if (store === undefined) throw new Error('The page has no runs.');
    const { history } = store.getState();
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      store.setState({ history: { kind: 'ready', runs: [] } });
      while (document.querySelector('table[aria-rowcount]') !== null)
        await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const started = performance.now();
      store.setState({ history });
      while (document.querySelectorAll('table[aria-rowcount] tbody tr').length < 5)
        await new Promise(requestAnimationFrame);
      // The next frame starts only after the frame with the rows is laid out and painted.
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - started);
    }
    return times;
  }, RENDERINGS);
  return { runs, renderingsMs };
}

export function printRunFigures({ recording, table, bundle }: RunFigures): void {
  const { plainUs, recordedUs, differenceUs, interval } = recording;
  // The upper end of the interval, so that noise cannot make the result look better.
  const share = interval.high / 1000 / FRAME_MS_AT_30;
  const percent = (value: number) => `${(value * 100).toFixed(3)} %`;
  const us = (value: number) => `${value.toFixed(2)} us`;
  console.log('\nfigure                                        measured     target');
  line(
    'recording, of a frame at 30 frames/s',
    percent(share),
    RUN_FIGURES.recordingShare.limit,
    share,
    percent,
  );
  console.log(
    `  (interleaved: ${us(plainUs)} per frame without, ${us(recordedUs)} with, difference ${us(differenceUs)}, 95 %: ${us(interval.low)} to ${us(interval.high)})`,
  );
  const renderingMs = median(table.renderingsMs);
  line(
    `rendering a table of ${table.runs} runs`,
    `${renderingMs.toFixed(0)} ms`,
    RUN_FIGURES.tableOf200Ms.limit,
    renderingMs,
    (value) => `${value.toFixed(0)} ms`,
  );
  console.log(`  (${table.renderingsMs.map((ms) => ms.toFixed(0)).join(', ')})`);
  const { seconds, configurations, bytes } = bundle;
  const limit = RUN_FIGURES.bundleOfTwelveSeconds.limit;
  line(
    `bundle of ${configurations} configurations`,
    `${seconds.toFixed(2)} s`,
    limit,
    seconds,
    (value) => `${value.toFixed(2)} s`,
  );
  console.log(`  (${(bytes / 1e6).toFixed(1)} MB)`);
}

function line(
  name: string,
  text: string,
  limit: number,
  value: number,
  format: (value: number) => string,
): void {
  const verdict = value <= limit ? 'met' : 'MISSED';
  console.log(`${name.padEnd(44)}${text.padStart(10)}   <= ${format(limit).padStart(9)}  ${verdict}`);
}
