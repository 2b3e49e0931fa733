/** `npm run bench`: measures the built page in headless Chromium, prints the figures beside their targets and writes JSON; --run measures whole plans. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchCompare } from './compare.ts';
import { COMPARE_USAGE, readCompareOptions } from './compare-options.ts';
import { readOptions, USAGE, type BenchOptions } from './options.ts';
import { startHash, startPageDriver, untilSettled } from './page-driver.ts';
import { printReport, type BenchResult } from './print-report.ts';
import { readRunOptions, RUN_USAGE } from './run-options.ts';
import { benchPlan } from './run-plan.ts';
import { measureSoak } from './soak.ts';
import { measureStartUp } from './start-up.ts';
import { measureLive, measureSteady } from './steady.ts';

async function bench(options: BenchOptions): Promise<BenchResult> {
  const driver = await startPageDriver(options);
  try {
    const hash = startHash(options);
    console.log('Start-up ...');
    const startUp = await measureStartUp(driver, hash);
    const driven = await driver.open(hash);
    await untilSettled(driven.page);
    console.log(`Steady state: ${options.warmUp} + ${options.frames} frames ...`);
    const steady = await measureSteady(driven, options);
    const live =
      options.liveSeconds > 0 ? await measureLive(driven, driver.browser, options.liveSeconds) : null;
    if (options.soakFrames > 0) console.log(`Soak: ${options.soakFrames} frames ...`);
    const soak = options.soakFrames > 0 ? await measureSoak(driven, options.soakFrames) : null;
    return {
      schema: 'segscope-bench/1',
      date: new Date().toISOString(),
      machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
      browser: `Chromium ${driver.browser.version()}`,
      options,
      startUp,
      steady,
      live,
      soak,
    };
  } finally {
    await driver.close();
  }
}

async function main(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help')) {
    console.log(`${USAGE}\n\n${RUN_USAGE}\n\n${COMPARE_USAGE}`);
  } else if (asksFor(argv, '--compare')) {
    const options = orSentence(() => readCompareOptions(argv));
    if (options !== null) await benchCompare(options);
  } else if (asksFor(argv, '--run')) {
    const options = orSentence(() => readRunOptions(argv));
    if (options !== null && !(await benchPlan(options))) process.exitCode = 1;
  } else {
    const options = orSentence(() => readOptions(argv));
    if (options === null) return;
    const result = await bench(options);
    printReport(result);
    if (options.json === null) return;
    writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
    console.log(`Written: ${options.json}`);
  }
}

function asksFor(argv: readonly string[], option: string): boolean {
  return argv.some((argument) => argument === option || argument.startsWith(`${option}=`));
}

/** Reports a wrong option in one sentence, without a stack. */
function orSentence<Options>(read: () => Options): Options | null {
  try {
    return read();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nSee: npm run bench -- --help`);
    process.exitCode = 2;
    return null;
  }
}

/** Prints a problem from the page as the page's own sentence; any other error keeps its stack. */
function orProblem(error: unknown): void {
  const said = error instanceof Error ? /ProblemError: ([^\n]+)/.exec(error.message)?.[1] : undefined;
  if (said === undefined) throw error;
  console.error(said);
  process.exitCode = 1;
}

await main(process.argv.slice(2)).catch(orProblem);
