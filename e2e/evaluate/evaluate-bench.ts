/**
 * `tsx e2e/evaluate/evaluate-bench.ts --images DIR --masks DIR --limit N ...`: measures the overhead of an
 * evaluation beyond inference, its memory growth over N pictures, and the time to read a folder of 100,000 files. It
 * repeats the pictures in the folders under new names to get N. Takes the options of `npm run evaluate`; --json writes
 * the figures.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import type { Page } from '@playwright/test';
import type { EvaluationResult } from '../../src/domain/accuracy/evaluation.ts';
import { recordedEvaluationChoice } from '../../src/domain/recorded-setup.ts';
import { startHash, startPageDriver } from '../bench/page-driver.ts';
import { EVALUATION_FIGURES } from '../thresholds.ts';
import { readEvaluateOptions, type EvaluateOptions } from './evaluate-options.ts';
import { evaluationState, openFolders, startEvaluation } from './page-evaluation.ts';
import { printResult, progressLine } from './print-result.ts';

/** The size of VOC 2012 val. */
const VOC_VAL = 1449;
const POLL_MS = 1000;
/** Pictures scored one at a time: three times the reference set. */
const ALONE = 123;

function repeated(options: EvaluateOptions, count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'segscope-evaluate-bench-'));
  const [images, masks] = [join(folder, 'images'), join(folder, 'masks')];
  mkdirSync(images);
  mkdirSync(masks);
  const pictures = readdirSync(options.images).filter((name) => !name.startsWith('.'));
  for (let i = 0; i < count; i++) {
    const picture = pictures[i % pictures.length] ?? '';
    const { name, ext } = parse(picture);
    const renamed = `${name}_${Math.floor(i / pictures.length)}`;
    copyFileSync(join(options.images, picture), join(images, `${renamed}${ext}`));
    copyFileSync(join(options.masks, `${name}.png`), join(masks, `${renamed}.png`));
  }
  return { folder, images, masks };
}

const megabytes = (bytes: number) => bytes / 1e6;

async function main(): Promise<boolean> {
  const options = readEvaluateOptions(process.argv.slice(2));
  const count = options.limit ?? VOC_VAL;
  const set = repeated(options, count);
  const driver = await startPageDriver(options);
  try {
    const { page, devtools } = await driver.open(
      startHash({
        source: 'sample:astronaut',
        model: 'segscope-mnv2-257',
        backend: 'wasm',
        inputSize: 257,
        pipeline: 'ours',
      }),
    );
    await page.waitForFunction(() => globalThis.segscope?.live.session.getState().catalogue.kind === 'ready');
    // tsx names functions through its own helper, which a page does not have.
    await page.evaluate('globalThis.__name ??= (named) => named');
    const huge = await readHugeFolder(page);
    const found = await openFolders(page, { ...set, list: null, mapping: null });
    const choices = options.choices.slice(0, 1);
    await startEvaluation(page, choices, found.list, Math.min(count, ALONE), true);
    const alone = await untilEnd(page, () => Promise.resolve(''));
    await startEvaluation(page, choices, found.list, null);
    const heap: { done: number; bytes: number }[] = [];
    const overlapped = await untilEnd(page, async (done) => {
      await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      if (done > 0) heap.push({ done, bytes: usedSize });
      return `${megabytes(usedSize).toFixed(1)} MB`;
    });
    if (alone?.latency == null || overlapped?.latency == null) return false;
    printResult(overlapped);
    const rows = figuresOf(alone, overlapped, heap, huge);
    print(rows);
    console.log(`one at a time, median ms: ${partsLine(alone)}`);
    if (options.json !== null) writeFileSync(options.json, report(alone, overlapped, heap, rows));
    return rows.every(isWithin);
  } finally {
    await driver.close();
    rmSync(set.folder, { recursive: true });
  }
}

/** @param look text to add to the progress line; called once a second @returns null if nothing was scored */
async function untilEnd(
  page: Page,
  look: (done: number) => Promise<string>,
): Promise<EvaluationResult | null> {
  for (;;) {
    const state = await evaluationState(page);
    if (state.end !== null) {
      console.log('');
      for (const problem of state.end.problems) console.error(problem);
      return state.end.results[0] ?? null;
    }
    process.stdout.write(`\r${progressLine(state)} ${await look(state.done)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

interface HugeFolder {
  readonly files: number;
  readonly pairs: number;
  readonly readMs: number;
  /** Longest time for which the page was blocked. */
  readonly longestGapMs: number;
}

/** File entries only: 50,000 pictures and as many masks in VOC layout; one in ten has no counterpart. */
async function readHugeFolder(page: Page): Promise<HugeFolder> {
  return page.evaluate(async () => {
    const session = (await globalThis.segscope?.evaluation())?.evaluation;
    if (session === undefined) throw new Error('The page has no evaluation.');
    const files: File[] = [];
    for (let i = 0; i < 50_000; i++) {
      const name = `2007_${String(i).padStart(6, '0')}`;
      const kept = [
        `JPEGImages/${name}.jpg`,
        `SegmentationClass/${i % 10 === 0 ? `other_${name}` : name}.png`,
      ];
      for (const path of kept) {
        const file = new File([], path.slice(path.indexOf('/') + 1));
        Object.defineProperty(file, 'webkitRelativePath', { value: `huge/${path}` });
        files.push(file);
      }
    }
    const { port1, port2 } = new MessageChannel();
    let last = performance.now();
    let longestGapMs = 0;
    let over = false;
    port1.onmessage = () => {
      const now = performance.now();
      longestGapMs = Math.max(longestGapMs, now - last);
      last = now;
      if (!over) port2.postMessage(null);
    };
    port2.postMessage(null);
    const started = performance.now();
    session.openFolder({ kind: 'files', files });
    const pairs = await new Promise<number>((resolve, reject) => {
      const check = () => {
        const { dataSet } = session.evaluation.getState();
        if (dataSet.kind === 'failed') reject(new Error(JSON.stringify(dataSet.problem)));
        if (dataSet.kind === 'ready') resolve(dataSet.report.pairs);
      };
      session.evaluation.subscribe(check);
      check();
    });
    const readMs = performance.now() - started;
    // The view's own work counts too.
    await new Promise((resolve) => setTimeout(resolve, 500));
    over = true;
    session.closeDataSet();
    return { files: files.length, pairs, readMs, longestGapMs };
  });
}

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

const isWithin = ({ value, limit }: Figure) => value <= limit;

type Heap = readonly { readonly done: number; readonly bytes: number }[];

/**
 * The target for the overhead per picture applies without overlap, because there the overhead is the sum of its parts.
 * With overlap, the evaluation waits less for it, but it slows the network down. So the report also shows the difference
 * to inference alone.
 */
function figuresOf(
  alone: EvaluationResult,
  { latency, totals }: EvaluationResult,
  heap: Heap,
  huge: HugeFolder,
): readonly Figure[] {
  // During the first third, the caches of the page and V8 are still filling.
  const [first, last] = [heap[Math.floor(heap.length / 3)], heap.at(-1)];
  const grownMb = first === undefined || last === undefined ? NaN : megabytes(last.bytes - first.bytes);
  const { otherMs, wholeOverInference, heapGrownMb, hugeFolderGapMs } = EVALUATION_FIGURES;
  const from = `${first?.done ?? 0} to ${last?.done ?? 0}`;
  return [
    {
      name: 'everything but inference, one at a time, median (ms)',
      value: alone.latency?.otherMs ?? NaN,
      limit: otherMs.limit,
    },
    {
      name: 'everything but inference, overlapped, median (ms)',
      value: latency?.otherMs ?? NaN,
      limit: otherMs.limit,
    },
    {
      name: 'whole time overlapped less inference alone, medians (ms)',
      value: (latency?.wholeMs ?? NaN) - (alone.latency?.inferenceMs ?? NaN),
      limit: Infinity,
    },
    {
      name: 'whole time over summed inference',
      value: totals.wholeMs / totals.inferenceMs,
      limit: wholeOverInference.limit,
    },
    { name: `heap grown from picture ${from} (MB)`, value: grownMb, limit: heapGrownMb.limit },
    {
      name: `folder of ${huge.files} files, ${huge.pairs} pairs, read in ${huge.readMs.toFixed(0)} ms: longest gap of the page (ms)`,
      value: huge.longestGapMs,
      limit: hugeFolderGapMs.limit,
    },
  ];
}

function print(rows: readonly Figure[]): void {
  for (const row of rows) {
    const { name, value, limit } = row;
    const target = limit === Infinity ? '' : ` (at most ${limit})`;
    console.log(`${name}: ${value.toFixed(3)}${target}${isWithin(row) ? '' : '  MISSED'}`);
  }
}

function partsLine({ latency }: EvaluationResult): string {
  const { parts } = latency ?? {};
  const times = Object.entries({ inference: latency?.inferenceMs ?? NaN, ...parts });
  return times.map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ');
}

function report(
  alone: EvaluationResult,
  overlapped: EvaluationResult,
  heap: Heap,
  rows: readonly Figure[],
): string {
  const { setup, description, latency, totals, scored, userAgent } = overlapped;
  const conditions = {
    date: new Date().toISOString(),
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    loadAverage: loadavg()[0],
    browser: userAgent,
    runtime: description.runtime,
    choice: recordedEvaluationChoice(setup),
    pictures: scored,
  };
  const step = Math.max(1, Math.floor(heap.length / 50));
  const thinned = heap.filter((_, i) => i % step === 0 || i === heap.length - 1);
  return `${JSON.stringify({ schema: 'segscope-evaluate-bench/2', conditions, figures: rows, oneAtATime: alone.latency, latency, totals, heap: thinned }, null, 2)}\n`;
}

process.exitCode = (await main()) ? 0 : 1;
