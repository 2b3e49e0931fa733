import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startUpReport } from '../agent/src/start-up-report.ts';
import { listedModels, listLines } from '../scripts/models/list-text.ts';
import { reportLines } from '../scripts/models/report-text.ts';
import { expectWritten, readGolden, readGoldenJson } from '../scripts/testing/golden.ts';
import { parseCatalogue } from '../src/catalogue/catalogue.ts';
import { parseLocalIndex } from '../src/catalogue/local-index.ts';
import { parseDescription } from '../src/catalogue/model-description.ts';
import { resolveModels } from '../src/catalogue/resolve-models.ts';
import { evaluationOf, type RecordedEvaluation } from '../src/domain/recorded-setup.ts';
import { summarise } from '../src/domain/measuring/statistics.ts';
import { parseAnswer } from '../src/protocol/text-message.ts';
import { parseRunsJson } from '../src/report/runs-json.ts';
import { printComparison } from './bench/compare.ts';
import { printReport } from './bench/print-report.ts';
import { printRunFigures } from './bench/run-figures.ts';
import { printRuns } from './bench/run-plan.ts';
import { printResult, printTable, progressLine } from './evaluate/print-result.ts';

let lines: string[] = [];

beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
});

afterEach(() => {
  vi.restoreAllMocks();
});

const expectLines = (name: string, said: readonly string[] = lines) => {
  expectWritten(`terminal/${name}.txt`, `${said.join('\n')}\n`);
};

const runs = parseRunsJson(readGolden('runs-1.json'));
const [browserRun] = runs;
if (browserRun === undefined) throw new Error('The golden file holds no run.');
const around = (ms: number) => summarise([0.9 * ms, ms, 1.1 * ms, 1.3 * ms]);

describe('npm run bench prints the same lines', () => {
  test('of a model and of the page around it', () => {
    const { configuration, cold } = browserRun;
    if (configuration.segmenter.backend === 'tflite') throw new Error('That is no run in a browser.');
    const stages = {
      capture: around(0.8),
      encode: around(0),
      transport: around(0.3),
      preprocess: around(0.9),
      inference: around(40),
      postprocess: around(0.4),
      paint: around(0.6),
      frame: around(43.1),
    };
    printReport({
      schema: 'segscope-bench/1',
      date: '2026-11-22T15:00:00.000Z',
      machine: '2 x Processor',
      browser: 'Chromium 156.0',
      options: {
        model: 'segscope-mnv2-257',
        backend: 'wasm',
        source: 'sample:astronaut',
        inputSize: 257,
        pipeline: 'ours',
        frames: 300,
        warmUp: 50,
        soakFrames: 1000,
        liveSeconds: 10,
        build: true,
        gpu: false,
        json: null,
      },
      startUp: {
        firstOverlayMs: 1234.5,
        firstOverlayCachedMs: 99_999,
        scriptGzipBytes: 412_345,
        scripts: [],
      },
      steady: {
        configuration: { ...configuration, segmenter: configuration.segmenter },
        cold,
        stages,
        besideInferenceMs: around(3.1),
        besideInference01: 0.072,
        unaccounted01: 0.0021,
        bareMs: around(39),
        frameOverBare: 1.0812,
        frames: [],
      },
      live: {
        seconds: 10,
        frames: 220,
        longTasksMs: [51.4],
        mainThreadMsPerFrame: 3.456,
        scriptMsPerFrame: 1.2,
        paintMedianMs: 0.61,
        paintAndReactMs: around(1.9),
        renderingMs: around(0.5),
      },
      soak: {
        frames: 1000,
        tensorsBefore: 118,
        tensorsAfter: 119,
        tensorBytesGrown: 0,
        heapTrend: { slope: 12.6, low: 3.2, high: 22, n: 40, significant: true },
        heapSamplesBytes: [],
      },
    });
    expectLines('bench');
  });

  test('of a plan: browser, stock pipeline, agents, not valid, throttled, without a frame, failed', () => {
    const { setup, sourceKey } = browserRun;
    const choices = [{ setup, sourceKey }];
    const plan = { choices, target: browserRun.target, replayFrames: 0, replaySourceKey: null };
    const failures = [{ at: 0, problem: { kind: 'history-full' } }] as const;
    printRuns({ runs, outcome: { plan, runIds: [], failures, cancelled: false } });
    expectLines('bench-plan');
  });

  test('of the figures of runs', () => {
    printRunFigures({
      recording: { plainUs: 12.3, recordedUs: 13.45, differenceUs: 1.15, interval: { low: 0.9, high: 1.4 } },
      table: { runs: 200, renderingsMs: [90, 101.4, 300] },
      bundle: { configurations: 12, seconds: 3.21, bytes: 12_345_678 },
    });
    expectLines('bench-run-figures');
  });

  test('of a comparison', () => {
    const options = {
      contestants: [],
      backend: 'wasm',
      inputSize: 513,
      sample: 'astronaut',
      rounds: 5,
      burst: 10,
      leadIn: 2,
      warmUp: 1,
      build: true,
      gpu: false,
      json: null,
    } as const;
    const result = { runtime: 'TensorFlow.js 4.22.0, wasm, 2 threads', inferenceMs: null };
    printComparison(
      [
        { ...result, label: 'segscope:ours', frameMs: around(40), timesFaster: 1, agreement01: 1 },
        {
          ...result,
          label: 'segscope:stock',
          frameMs: around(120),
          timesFaster: 1 / 3,
          agreement01: 0.98765,
        },
      ],
      options,
      '156.0',
    );
    expectLines('bench-compare');
  });
});

describe('npm run evaluate prints the same lines', () => {
  const { stores } = readGoldenJson('database-evaluations-1.json') as {
    readonly stores: {
      readonly results: { readonly records: readonly (readonly [string, RecordedEvaluation])[] };
    };
  };
  const results = stores.results.records.map(([, result]) => evaluationOf(result));

  test('of every result and of all in one table', () => {
    for (const result of results) printResult(result);
    const axis = {
      borders: 30,
      matched01: 0.9,
      thirds: [0.1, null, -0.25],
      median: 0.2,
      meanDistance: 0.4,
    } as const;
    printTable(results, [{ pictures: 2, agreement01: 0.98765, x: axis, y: { ...axis, median: null } }, null]);
    expectLines('evaluate');
  });

  test('of its progress', () => {
    const state = { done: 3, total: 8, secondsLeft: 12.2, meanIou: 0.71828, at: 0, choices: 1, end: null };
    const first = { ...state, done: 0, total: 0, secondsLeft: null, meanIou: null, at: 1, choices: 2 };
    expectLines('evaluate-progress', [progressLine(state), progressLine(first)]);
  });
});

describe('npm run models prints the same lines', () => {
  test('as list, for a person and as data', () => {
    const index = parseLocalIndex(readGoldenJson('models-index-1.json'));
    const models = resolveModels(parseCatalogue(readGoldenJson('catalogue-1.json')), index);
    const listed = listedModels(models, new Set(['segscope-mnv2-257', 'coral']));
    expectLines('models-list', listLines(listed));
    expectWritten('terminal/models-list.json', `${JSON.stringify(listed, null, 2)}\n`);
  });

  test('as report of an import', () => {
    const descriptions = (readGoldenJson('kept-models.json') as readonly { entry: { folder: string } }[]).map(
      (json) => parseDescription(json, json.entry.folder),
    );
    const said = descriptions.flatMap((description) => {
      const check = description.selfCheck;
      return reportLines(description, check === null ? null : { check, publishedMs: 310, convertedMs: 95.5 });
    });
    expectLines('models-import', said);
  });
});

test('the agent says the same when it is ready', () => {
  const { answers } = readGoldenJson('protocol-1.json') as { readonly answers: readonly object[] };
  const said = answers.flatMap((answer, i) => {
    const greeted = parseAnswer(JSON.stringify(answer));
    if (greeted.kind !== 'greeted') return [];
    return [startUpReport(greeted, { port: 8590, token: '0123456789AB', lan: i === 0 })];
  });
  expect(said).toHaveLength(3);
  expectLines('agent-start', said);
});
