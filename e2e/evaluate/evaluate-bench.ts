/**
 * `tsx e2e/evaluate/evaluate-bench.ts --images DIR --masks DIR --limit N ...`: what an evaluation costs beside the
 * network, and whether its memory stays flat, over N pictures made of those in the folders by copying them again and
 * again under new names. Takes the options of `npm run evaluate`.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
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
    const found = await openFolders(page, { ...set, list: null, mapping: null });
    await startEvaluation(page, options.choices.slice(0, 1), found.list, null);
    const heap: { readonly done: number; readonly bytes: number }[] = [];
    for (;;) {
      const state = await evaluationState(page);
      if (state.end !== null) {
        const { results, problems } = state.end;
        for (const problem of problems) console.error(problem);
        const [result] = results;
        if (result?.latency == null) return false;
        console.log('');
        printResult(result);
        return judge(result.latency.otherMs, result.totals.wholeMs / result.totals.inferenceMs, heap);
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

function judge(
  otherMs: number,
  wholeShare: number,
  heap: readonly { readonly done: number; readonly bytes: number }[],
): boolean {
  const [first, last] = [heap[0], heap.at(-1)];
  const grownMb = first === undefined || last === undefined ? NaN : megabytes(last.bytes - first.bytes);
  const { otherMs: other, wholeOverInference, heapGrownMb } = EVALUATION_FIGURES;
  const rows = [
    ['everything but inference, median (ms)', otherMs, other.limit],
    ['whole time over summed inference', wholeShare, wholeOverInference.limit],
    [
      `heap grown from picture ${String(first?.done ?? 0)} to ${String(last?.done ?? 0)} (MB)`,
      grownMb,
      heapGrownMb.limit,
    ],
  ] as const;
  for (const [name, value, limit] of rows) {
    console.log(`${name}: ${value.toFixed(3)} (at most ${String(limit)})${value <= limit ? '' : '  MISSED'}`);
  }
  return rows.every(([, value, limit]) => value <= limit);
}

process.exitCode = (await main()) ? 0 : 1;
