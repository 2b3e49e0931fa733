/**
 * npm test: unit and browser tests, the build, then end-to-end tests on that build; ends with "N passed, N failed".
 * npm test -- <area> ...: only the tests of those areas.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { provideChromium } from './find-chromium.ts';
import { testsOfArea } from './test-areas.ts';
import {
  addCounts,
  countPlaywright,
  countsLine,
  countVitest,
  withFailure,
  type TestCounts,
} from './test-counts.ts';

interface Step {
  readonly title: string;
  /** The program's JavaScript file, which needs no shell on any system. */
  readonly program: string;
  readonly args: readonly string[];
  readonly counted: { readonly report: string; readonly count: (report: unknown) => TestCounts } | null;
}

const NOTHING: TestCounts = { passed: 0, failed: 0, skipped: 0 };
const VITEST_REPORT = 'test-results/vitest.json';

const ALL_STEPS: readonly [Step, Step, Step] = [
  {
    title: 'Unit tests, and the worker, canvas, capture and components in Chromium',
    program: 'vitest/vitest.mjs',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`],
    counted: { report: VITEST_REPORT, count: countVitest },
  },
  { title: 'Build', program: 'vite/bin/vite.js', args: ['build', '--logLevel', 'warn'], counted: null },
  {
    title: 'End to end on the built page',
    program: '@playwright/test/cli.js',
    args: ['test'],
    counted: { report: 'test-results/playwright.json', count: countPlaywright },
  },
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
process.exitCode = testAll();

/** Exit code of the first step that fails, else 0. */
function testAll(): number {
  let counts = NOTHING;
  let exitCode = 0;
  try {
    const steps = stepsFor(process.argv.slice(2));
    const chromium = provideChromium();
    for (const step of steps) {
      exitCode = run(step, chromium);
      counts = addCounts(counts, read(step, exitCode));
      if (exitCode === 0) continue;
      console.log(`\nStopped: "${step.title}" failed.`);
      break;
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    counts = withFailure(counts);
    exitCode = 1;
  }
  console.log(counts.skipped === 0 ? '' : `\n${counts.skipped} skipped (each test says why)`);
  console.log(countsLine(counts));
  return exitCode;
}

/**
 * All steps if no area is given; otherwise those with a test in one of the areas.
 * @throws Error for an area without tests
 */
function stepsFor(areas: readonly string[]): readonly Step[] {
  if (areas.length === 0) return ALL_STEPS;
  const files = ['src', 'agent/src', 'scripts', 'config', 'e2e'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.(test|spec)\.tsx?$/.test(file)),
  );
  const chosen = [...new Set(areas.flatMap((area) => testsOfArea(area, files)))];
  const specs = chosen.filter((file) => file.endsWith('.spec.ts'));
  const tests = chosen.filter((file) => !specs.includes(file));
  const [vitest, build, playwright] = ALL_STEPS;
  return [
    ...(tests.length === 0 ? [] : [{ ...vitest, args: [...vitest.args, ...tests] }]),
    ...(specs.length === 0 ? [] : [build, { ...playwright, args: [...playwright.args, ...specs] }]),
  ];
}

function run(step: Step, chromium: string): number {
  console.log(`\n== ${step.title}`);
  mkdirSync('test-results', { recursive: true });
  if (step.counted !== null) rmSync(step.counted.report, { force: true });
  const { status } = spawnSync(process.execPath, [`node_modules/${step.program}`, ...step.args], {
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: chromium },
  });
  return status ?? 1;
}

/** @throws Error if a step passed without a readable report: its tests may not have run at all. */
function read({ title, counted }: Step, exitCode: number): TestCounts {
  if (counted === null) return exitCode === 0 ? NOTHING : withFailure(NOTHING);
  try {
    const found = counted.count(JSON.parse(readFileSync(counted.report, 'utf8')));
    return exitCode === 0 ? found : withFailure(found);
  } catch (error) {
    if (exitCode !== 0) return withFailure(NOTHING);
    throw new Error(`"${title}" left no report of its tests in ${counted.report}.`, { cause: error });
  }
}
