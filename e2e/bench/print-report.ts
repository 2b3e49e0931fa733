/** Prints a bench result as terminal tables, with each promised figure beside its target. */
import { STAGES } from '../../src/domain/measuring/stage-timings.ts';
import type { Summary } from '../../src/domain/measuring/statistics.ts';
import { BENCH } from '../thresholds.ts';
import type { BenchOptions } from './options.ts';
import type { Soak } from './soak.ts';
import type { StartUp } from './start-up.ts';
import type { LiveRun, Steady } from './steady.ts';

export interface BenchResult {
  readonly schema: 'segscope-bench/1';
  readonly date: string;
  readonly machine: string;
  readonly browser: string;
  readonly options: BenchOptions;
  readonly startUp: StartUp;
  readonly steady: Steady;
  readonly live: LiveRun | null;
  readonly soak: Soak | null;
}

const ms = (value: number) => value.toFixed(2).padStart(9);

export function printReport({ machine, browser, startUp, steady, live, soak }: BenchResult): void {
  const { segmenter } = steady.configuration;
  const { cold } = steady;
  console.log(
    `\n${segmenter.modelName}, ${segmenter.backend} on ${segmenter.device}, input ${segmenter.inputSize}, ${segmenter.pipeline}`,
  );
  console.log(
    `${browser}, ${machine}, threads ${String(segmenter.threads)}, SIMD ${String(segmenter.simd)}\n`,
  );
  console.log('ms            n       min    median       p90       p95       p99       max');
  for (const key of [...STAGES, 'frame'] as const) printRow(key, steady.stages[key]);
  printRow('not inference', steady.besideInferenceMs);
  if (steady.bareMs !== null) printRow('bare network', steady.bareMs);
  console.log(
    `\ncold, ms: start ${cold.startMs.toFixed(0)}, download ${cold.downloadMs.toFixed(0)}, parse ${cold.parseMs.toFixed(0)}, first inference ${cold.firstInferenceMs.toFixed(0)}\n`,
  );
  console.log('figure                                        measured     target');
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  target(
    'everything but inference, of the frame',
    steady.besideInference01,
    BENCH.besideInference01.limit,
    share,
  );
  target(
    'everything but inference',
    steady.besideInferenceMs.median,
    BENCH.besideInferenceMs.limit,
    (v) => `${v.toFixed(2)} ms`,
  );
  if (steady.frameOverBare !== null) {
    target(
      'frame time over bare network',
      steady.frameOverBare,
      BENCH.frameOverBare.limit,
      (v) => `${v.toFixed(3)} x`,
    );
  }
  target('unaccounted share of the frame time', steady.unaccounted01, 0.05, share);
  target('first overlay', startUp.firstOverlayMs, BENCH.firstOverlayMs.limit, (v) => `${v.toFixed(0)} ms`);
  target(
    'first overlay, page cached',
    startUp.firstOverlayCachedMs,
    BENCH.firstOverlayMs.limit,
    (v) => `${v.toFixed(0)} ms`,
  );
  target(
    'JavaScript before first overlay, gzip',
    startUp.scriptGzipBytes,
    BENCH.scriptGzipBytes.limit,
    (v) => `${(v / 1000).toFixed(0)} kB`,
  );
  if (live !== null) {
    target(
      'longest main-thread task while live',
      Math.max(0, ...live.longTasksMs),
      BENCH.longTaskMs.limit,
      (v) => (v === 0 ? 'none > 50' : `${v.toFixed(0)} ms`),
    );
    target(
      'paint + React per frame, median',
      live.paintAndReactMs.median,
      BENCH.paintAndReactMs.limit,
      (v) => `${v.toFixed(2)} ms`,
    );
    console.log(
      `  (mean ${live.paintAndReactMs.mean.toFixed(2)}, p95 ${live.paintAndReactMs.p95.toFixed(2)} ms; paint alone ${live.paintMedianMs.toFixed(2)}; browser's rendering ${live.renderingMs.median.toFixed(2)}; whole main thread ${live.mainThreadMsPerFrame.toFixed(2)} ms per frame in the mean; ${live.frames} frames in ${live.seconds} s)`,
    );
  }
  if (soak !== null) {
    target(
      `tensor growth over ${soak.frames} frames`,
      soak.tensorsAfter - soak.tensorsBefore,
      BENCH.soakTensorGrowth.limit,
      String,
    );
    const { slope, low, high, significant } = soak.heapTrend;
    console.log(
      `${'JS heap slope, bytes per frame'.padEnd(44)}${slope.toFixed(0).padStart(10)}     ${significant && slope > 0 ? 'GROWING' : 'not distinguishable from 0'} (95 %: ${low.toFixed(0)} to ${high.toFixed(0)})`,
    );
  }
}

function printRow(name: string, { n, min, median, p90, p95, p99, max }: Summary): void {
  console.log(
    `${name.padEnd(14)}${String(n).padStart(1)} ${[min, median, p90, p95, p99, max].map(ms).join(' ')}`,
  );
}

function target(name: string, value: number, limit: number, text: (value: number) => string): void {
  const verdict = value <= limit ? 'met' : 'MISSED';
  console.log(`${name.padEnd(44)}${text(value).padStart(10)}   <= ${text(limit).padStart(9)}  ${verdict}`);
}
