/** Alternates between configurations and other libraries on one picture. A speed claim is always a ratio from one run. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Batch } from '../../src/automation.ts';
import { agreement01, resizeLabelMap, type LabelMap } from '../../src/domain/labels/label-map.ts';
import { median, summarise, type Summary } from '../../src/domain/measuring/statistics.ts';
import { browserSetup } from '../../src/domain/setup.ts';
import type { CompareOptions, Contestant } from './compare-options.ts';
import { startHash, startPageDriver, untilSettled, type PageDriver } from './page-driver.ts';
import { openPeer, type Runner } from './peer-page.ts';
import { withNormalization } from './tflite-metadata.ts';

export interface Result {
  readonly label: string;
  readonly runtime: string;
  readonly frameMs: Summary;
  readonly inferenceMs: Summary | null;
  /** Median over all rounds of baseline / this; each side is the median of its frames in the round. */
  readonly timesFaster: number;
  /** Share of pixels with the same label as the baseline, 0..1. */
  readonly agreement01: number;
}

export async function benchCompare(options: CompareOptions): Promise<void> {
  const driver = await startPageDriver(options);
  const runners: Runner[] = [];
  try {
    const jpeg = readFileSync(join('public', 'samples', `${options.sample}.jpg`));
    for (const contestant of options.contestants) {
      console.log(`Loading ${contestant.label} ...`);
      runners.push(
        contestant.kind === 'ours'
          ? await openOurs(driver, contestant, options, jpeg)
          : await openPeer(driver.browser, contestant, tfliteFor(contestant), jpeg),
      );
    }
    const times = runners.map((): { ms: number; inferenceMs: number | null }[] => []);
    for (let round = -options.warmUp; round < options.rounds; round++) {
      process.stdout.write(`\rround ${Math.max(0, round + 1)} of ${options.rounds}  `);
      for (const [i, runner] of runners.entries()) {
        for (let frame = -options.leadIn; frame < options.burst; frame++) {
          const took = await runner.segment();
          if (round >= 0 && frame >= 0) times[i]?.push(took);
        }
      }
    }
    const maps: LabelMap[] = [];
    for (const runner of runners) maps.push(await runner.lastLabelMap());
    const results = options.contestants.map((contestant, i): Result => {
      const own = times[i] ?? [];
      const inference = own.flatMap(({ inferenceMs }) => inferenceMs ?? []);
      const [base] = maps;
      const map = maps[i];
      if (base === undefined || map === undefined) throw new Error('There was no round.');
      return {
        label: contestant.label,
        runtime: runners[i]?.runtime ?? '',
        frameMs: summarise(own.map(({ ms }) => ms)),
        inferenceMs: inference.length === 0 ? null : summarise(inference),
        timesFaster: median(
          perRound(own, options.burst).map(
            (ms, round) => (perRound(times[0] ?? [], options.burst)[round] ?? NaN) / ms,
          ),
        ),
        agreement01: agreement01(base, resizeLabelMap(map, base)),
      };
    });
    printComparison(results, options, driver.browser.version());
    if (options.json !== null) {
      const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`;
      const whole = {
        schema: 'segscope-compare/1',
        date: new Date().toISOString(),
        machine,
        browser: `Chromium ${driver.browser.version()}`,
        options,
        results,
      };
      writeFileSync(options.json, `${JSON.stringify(whole, null, 2)}\n`);
      console.log(`Written: ${options.json}`);
    }
  } finally {
    await driver.close();
  }
}

function perRound(times: readonly { readonly ms: number }[], burst: number): readonly number[] {
  return Array.from({ length: times.length / burst }, (_, round) =>
    median(times.slice(round * burst, (round + 1) * burst).map(({ ms }) => ms)),
  );
}

async function openOurs(
  driver: PageDriver,
  { modelId, pipeline, backend: own, threads }: Extract<Contestant, { kind: 'ours' }>,
  { backend: common, inputSize }: CompareOptions,
  jpeg: Buffer,
): Promise<Runner> {
  const { page } = await driver.open(
    startHash({
      source: 'sample:astronaut',
      model: 'segscope-mnv2-257',
      backend: 'wasm',
      inputSize: 257,
      pipeline: 'ours',
    }),
  );
  await untilSettled(page);
  const runtime = await page.evaluate(
    async ({ setup, data }) => {
      const { segscope } = globalThis;
      if (segscope === undefined) throw new Error('The page has no automation.');
      // Until the first picture, the page animates its progress bar, which takes half a core here.
      await segscope.firstOverlay;
      // The live view is frozen, so that each contestant has the machine to itself.
      segscope.live.setFrozen(true);
      const batch = await segscope.openBatch(setup);
      const picture = await (await fetch(`data:image/jpeg;base64,${data}`)).blob();
      Object.assign(globalThis, { contest: { batch, picture, last: null } });
      return `${batch.description.runtime}, ${batch.description.backend}, ${batch.description.threads ?? 1} threads`;
    },
    {
      setup: browserSetup(modelId, inputSize, own ?? common, { pipeline, threads }),
      data: jpeg.toString('base64'),
    },
  );
  return { runtime, segment: () => segmentOurs(page), lastLabelMap: () => lastLabelMap(page) };
}

interface Contest {
  readonly contest: { readonly batch: Batch; readonly picture: Blob; last: LabelMap | null };
}

async function segmentOurs(page: Page): Promise<Awaited<ReturnType<Runner['segment']>>> {
  const { preprocess, inference, postprocess } = await page.evaluate(async () => {
    const { contest } = globalThis as unknown as Contest;
    const { labelMap, stages } = await contest.batch.segment(contest.picture);
    contest.last = labelMap;
    return stages;
  });
  return { ms: preprocess + inference + postprocess, inferenceMs: inference };
}

async function lastLabelMap(page: Page): Promise<LabelMap> {
  const { width, height, base64 } = await page.evaluate(() => {
    const { last } = (globalThis as unknown as Contest).contest;
    if (last === null) throw new Error('There was no round.');
    const text = Array.from(last.labels, (label) => String.fromCharCode(label)).join('');
    return { width: last.width, height: last.height, base64: btoa(text) };
  });
  return { width, height, labels: Uint8Array.from(Buffer.from(base64, 'base64')) };
}

/** MediaPipe needs the input range of a float network; -1..1, as for deeplabv3_257. */
function tfliteFor({ peer, modelId }: Extract<Contestant, { kind: 'peer' }>): Uint8Array {
  const file = modelFile(modelId);
  return peer === 'mediapipe' ? withNormalization(file, 127.5, 127.5) : file;
}

/** The model's own .tflite below MODELS_DIR or public/models, never an Edge TPU twin. */
function modelFile(modelId: string): Buffer {
  const folder = join(process.env['MODELS_DIR'] ?? join('public', 'models'), modelId);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const name = files.find((file) => /(?<!_edgetpu)\.tflite$/.test(file));
  if (name === undefined)
    throw new Error(`There is no .tflite of ${modelId}: npm run models -- get ${modelId}`);
  return readFileSync(join(folder, name));
}

export function printComparison(
  results: readonly Result[],
  { inputSize, sample, rounds, burst, leadIn }: CompareOptions,
  browser: string,
): void {
  console.log(
    `\n\n${sample}, ${inputSize} px, ${rounds} rounds in turn, in each ${leadIn} + ${burst} frames in a row, Chromium ${browser}\n`,
  );
  const width = Math.max(...results.map(({ label }) => label.length), 8);
  console.log(
    `${'from picture to label map, ms'.padEnd(width)}      min    median       p90   faster   same labels   runtime`,
  );
  for (const { label, runtime, frameMs, timesFaster, agreement01: share } of results) {
    const figures = [frameMs.min, frameMs.median, frameMs.p90].map((ms) => ms.toFixed(1).padStart(9));
    console.log(
      `${label.padEnd(width)} ${figures.join(' ')} ${timesFaster.toFixed(2).padStart(7)}x   ${(share * 100).toFixed(2).padStart(9)} %   ${runtime}`,
    );
  }
}
