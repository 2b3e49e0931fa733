/** `npm run evaluate`: mean IoU of one model over two folders, in headless Chromium on the built page. */
import { writeFileSync } from 'node:fs';
import { evaluationJson, skippedCsv } from '../../src/report/evaluation-files.ts';
import { startHash, startPageDriver } from '../bench/page-driver.ts';
import { readEvaluateOptions, USAGE, type EvaluateOptions } from './evaluate-options.ts';
import {
  connectAgent,
  evaluationState,
  openFolders,
  startEvaluation,
  type EvaluationState,
} from './page-evaluation.ts';
import { printResult, printTable, progressLine } from './print-result.ts';

const PRESETS = ['cityscapes-label-ids', 'ade20k'];
const POLL_MS = 500;

async function evaluate(options: EvaluateOptions): Promise<boolean> {
  const { images, masks, list, mapping, choices } = options;
  const driver = await startPageDriver(options);
  try {
    const { page } = await driver.open(
      startHash({
        source: 'sample:astronaut',
        model: 'segscope-mnv2-257',
        backend: 'wasm',
        inputSize: 257,
        pipeline: 'ours',
      }),
    );
    await page.waitForFunction(
      () => globalThis.segscope?.live.session.getState().catalogue.kind === 'ready',
      undefined,
      { timeout: 60_000 },
    );
    if (options.agent !== null) await connectAgent(page, options.agent);
    const found = await openFolders(page, {
      images,
      masks,
      list,
      mapping: mapping === null ? null : PRESETS.includes(mapping) ? { preset: mapping } : { file: mapping },
    });
    console.log(`${found.pairs} pairs; ${found.skipped.length} names left out.`);
    await startEvaluation(page, choices, found.list, options.limit);
    const end = await untilEnd(() => evaluationState(page));
    for (const problem of end.problems) console.error(problem);
    const { results, changes } = end;
    for (const result of results) printResult(result);
    if (choices.length > 1) printTable(results, changes);
    if (options.json !== null && results.length > 0) {
      writeFileSync(options.json, evaluationJson(results, new Date()));
    }
    if (options.skipped !== null) {
      writeFileSync(options.skipped, skippedCsv({ name: images, skipped: found.skipped }, results));
    }
    const whole = results.filter(({ state, scored }) => state === 'complete' && scored > 0);
    return whole.length === choices.length;
  } finally {
    await driver.close();
  }
}

async function untilEnd(look: () => Promise<EvaluationState>): Promise<NonNullable<EvaluationState['end']>> {
  for (;;) {
    const state = await look();
    if (state.end !== null) {
      process.stdout.write('\n');
      return state.end;
    }
    process.stdout.write(`\r${progressLine(state)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const argv = process.argv.slice(2);
if (argv.includes('--help')) {
  console.log(USAGE);
} else {
  try {
    const options = readEvaluateOptions(argv);
    process.exitCode = await evaluate(options).then(
      (finished) => (finished ? 0 : 1),
      (error: unknown) => {
        console.error(sentenceOf(error));
        return 1;
      },
    );
  } catch (error) {
    console.error(`${sentenceOf(error)}\n\n${USAGE}`);
    process.exitCode = 2;
  }
}

/** The message of an error in the page, without Playwright's prefix and the stack. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replace(/^page\.\w+: (Error: )?/, '');
}
