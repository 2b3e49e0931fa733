/**
 * `tsx e2e/evaluate/evaluate-bench.ts --images DIR --masks DIR --limit N ...`: what an evaluation costs beside the
 * network, and whether its memory stays flat, over N pictures made of those in the folders by copying them again and
 * again under new names; and what it takes to read a folder of 100,000 files. Takes the options of `npm run evaluate`;
 * --json writes the figures.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import type { Page } from '@playwright/test';
import type { EvaluationResult } from '../../src/domain/evaluation.ts';
import { startHash, startPageDriver } from '../bench/page-driver.ts';
import { EVALUATION_FIGURES } from '../thresholds.ts';
import { readEvaluateOptions, type EvaluateOptions } from './evaluate-options.ts';
import { evaluationState, openFolders, startEvaluation } from './page-evaluation.ts';
import { printResult, progressLine } from './print-result.ts';

/** As many as VOC 2012 val has. */
const VOC_VAL = 1449;
const POLL_MS = 1000;

function repeated(options: EvaluateOptions, count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'segscope-evaluate-bench-'));
  const [images, masks] = [join(folder, 'images'), join(folder, 'masks')];
  mkdirSync(images);
  mkdirSync(masks);
  const pictures = readdirSync(options.images).filter((name) => !name.startsWith('.'));
  for (let i = 0; i < count; i++) {
    const picture = pictures[i % pictures.length] ?? '';
    const { name, ext } = parse(picture);
    const renamed = `${name}_${String(Math.floor(i / pictures.length))}`;
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
    // tsx gives functions their names through a helper of its own, which a page does not have.
    await page.evaluate('globalThis.__name ??= (named) => named');
    const huge = await readHugeFolder(page);
    const found = await openFolders(page, { ...set, list: null, mapping: null });
    await startEvaluation(page, options.choices.slice(0, 1), found.list, null);
    const heap: { done: number; bytes: number }[] = [];
    for (;;) {
      const state = await evaluationState(page);
      if (state.end !== null) {
        const { results, problems } = state.end;
        for (const problem of problems) console.error(problem);
        const [result] = results;
        if (result?.latency == null) return false;
        console.log('');
        printResult(result);
        const rows = figuresOf(result, heap, huge);
        print(rows);
        if (options.json !== null) writeFileSync(options.json, report(result, heap, rows));
        return rows.every(isWithin);
      }
      await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      if (state.done > 0) heap.push({ done: state.done, bytes: usedSize });
      process.stdout.write(`\r${progressLine(state)} ${megabytes(usedSize).toFixed(1)} MB`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } finally {
    await driver.close();
    rmSync(set.folder, { recursive: true });
  }
}

interface HugeFolder {
  readonly files: number;
  readonly pairs: number;
  readonly readMs: number;
  /** Longest time in which the page could do nothing else. */
  readonly longestGapMs: number;
}

/** Entries only: 50,000 pictures and as many masks in VOC layout, one in ten of them without its other half. */
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
    // What the view does with it counts too.
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

function figuresOf({ latency, totals }: EvaluationResult, heap: Heap, huge: HugeFolder): readonly Figure[] {
  // The first third still fills caches of the page and of V8.
  const [first, last] = [heap[Math.floor(heap.length / 3)], heap.at(-1)];
  const grownMb = first === undefined || last === undefined ? NaN : megabytes(last.bytes - first.bytes);
  const { otherMs, wholeOverInference, heapGrownMb, hugeFolderGapMs } = EVALUATION_FIGURES;
  const from = `${String(first?.done ?? 0)} to ${String(last?.done ?? 0)}`;
  return [
    { name: 'everything but inference, median (ms)', value: latency?.otherMs ?? NaN, limit: otherMs.limit },
    {
      name: 'whole time over summed inference',
      value: totals.wholeMs / totals.inferenceMs,
      limit: wholeOverInference.limit,
    },
    { name: `heap grown from picture ${from} (MB)`, value: grownMb, limit: heapGrownMb.limit },
    {
      name: `folder of ${String(huge.files)} files, ${String(huge.pairs)} pairs, read in ${huge.readMs.toFixed(0)} ms: longest gap of the page (ms)`,
      value: huge.longestGapMs,
      limit: hugeFolderGapMs.limit,
    },
  ];
}

function print(rows: readonly Figure[]): void {
  for (const row of rows) {
    const { name, value, limit } = row;
    console.log(`${name}: ${value.toFixed(3)} (at most ${String(limit)})${isWithin(row) ? '' : '  MISSED'}`);
  }
}

function report(result: EvaluationResult, heap: Heap, rows: readonly Figure[]): string {
  const { choice, description, latency, totals, scored, userAgent } = result;
  const conditions = {
    date: new Date().toISOString(),
    machine: `${String(cpus().length)} x ${cpus()[0]?.model ?? 'unknown'}`,
    loadAverage: loadavg()[0],
    browser: userAgent,
    runtime: description.runtime,
    choice,
    pictures: scored,
  };
  const step = Math.max(1, Math.floor(heap.length / 50));
  const thinned = heap.filter((_, i) => i % step === 0 || i === heap.length - 1);
  return `${JSON.stringify({ schema: 'segscope-evaluate-bench/1', conditions, figures: rows, latency, totals, heap: thinned }, null, 2)}\n`;
}

process.exitCode = (await main()) ? 0 : 1;
