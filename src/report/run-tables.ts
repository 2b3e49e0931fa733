/** The tables of the runs themselves: overview, stages, cold start, validity. */
import { placeOf } from '../domain/measuring/run-place.ts';
import { reasonsInvalid } from '../domain/measuring/run-validity.ts';
import { medianIntervalOf, ratesOf, rowOf, summariseRun } from '../domain/measuring/run-summary.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { throttlingWords } from '../domain/measuring/throttling.ts';
import { count, degrees, milliseconds, rate, UNKNOWN } from './quantity.ts';
import { labelOf, type RunLabels } from './run-label.ts';
import { number, prose, text, type Table } from './table.ts';

const PERCENTILE_NOTE =
  'Percentiles are by linear interpolation between closest ranks (type 7 of Hyndman and Fan); intervals are 95 % percentile bootstrap intervals of the median, 2,000 resamples.';
const RATES_NOTE =
  'Model rate: 1000 / median inference. Frames/s: painted frames over wall clock. Source pictures/s: different pictures that the source delivered.';
const MAX_NOTE =
  'max_1: the first counted frame where none took longer; max_2: the longest of all others. Warm-up frames are not counted.';
const HOST_NOTE =
  'One reading a second, the last before the run among them; the temperature of the Coral stick cannot be read.';
const WAIT_NOTE =
  '"wait" is the part of capture spent waiting for a new picture; "frame" is the whole, from asking to painted.';

/** One line per run. */
export function overviewTable(runs: readonly RunRecord[], labels: RunLabels): Table {
  return {
    id: 'overview',
    title: 'Runs',
    columns: [
      text('run'),
      text('model'),
      text('backend'),
      number('input (px)'),
      text('pipeline'),
      number('frames'),
      number('frame median (ms)'),
      number('95 % low'),
      number('95 % high'),
      number('frame p95 (ms)'),
      number('inference median (ms)'),
      text('valid'),
    ],
    rows: runs.map((run) => {
      const summary = summariseRun(run);
      const frame = rowOf(summary, 'frame');
      const interval = medianIntervalOf(run.columns, 'frame');
      const { segmenter } = run.configuration;
      const { modelId, inputSize, pipeline } = segmenter;
      return [
        labelOf(labels, run),
        modelId,
        placeOf(run),
        count(inputSize),
        pipeline,
        count(summary.n),
        milliseconds(frame?.median ?? null),
        milliseconds(interval?.low ?? null),
        milliseconds(interval?.high ?? null),
        milliseconds(frame?.p95 ?? null),
        milliseconds(rowOf(summary, 'inference')?.median ?? null),
        run.validity.valid ? 'yes' : 'no',
      ];
    }),
    notes: [...invalidNotes(runs, labels), PERCENTILE_NOTE],
  };
}

/** The three rates, each by its own name. */
export function ratesTable(runs: readonly RunRecord[], labels: RunLabels): Table {
  return {
    id: 'rates',
    title: 'Rates',
    columns: [
      text('run'),
      number('frames/s, end to end'),
      number('model rate (1/s)'),
      number('source pictures/s'),
      number('skipped source pictures'),
    ],
    rows: runs.map((run) => {
      const { framesPerSecond, modelPerSecond, sourcePerSecond, skipped } = ratesOf(run);
      return [
        labelOf(labels, run),
        rate(framesPerSecond),
        rate(modelPerSecond),
        rate(sourcePerSecond),
        count(skipped),
      ];
    }),
    notes: [...invalidNotes(runs, labels), RATES_NOTE],
  };
}

/** Stages, waiting and whole frame of one run. @param order number of the run in the report, from 1 */
export function stageTable(run: RunRecord, labels: RunLabels, order: number): Table {
  const summary = summariseRun(run);
  return {
    id: `stages-${order}`,
    title: `Stages of ${labelOf(labels, run)}, ms`,
    columns: [
      text('stage'),
      ...[
        'n',
        'min',
        'median',
        '95 % low',
        '95 % high',
        'mean',
        'p90',
        'p95',
        'p99',
        'max',
        'max_1',
        'max_2',
      ].map(number),
    ],
    rows: summary.rows.map((row) => {
      const interval = medianIntervalOf(run.columns, row.key);
      return [
        row.key,
        count(row.n),
        milliseconds(row.min),
        milliseconds(row.median),
        milliseconds(interval?.low ?? null),
        milliseconds(interval?.high ?? null),
        ...[row.mean, row.p90, row.p95, row.p99, row.max, row.max1, row.max2].map(milliseconds),
      ];
    }),
    notes: [...invalidNotes([run], labels), WAIT_NOTE, MAX_NOTE],
  };
}

/** Numbers of the start, apart from everything warm. */
export function coldTable(runs: readonly RunRecord[], labels: RunLabels): Table {
  return {
    id: 'cold',
    title: 'Cold start, ms',
    columns: [
      text('run'),
      number('start'),
      number('download'),
      number('parse'),
      number('first inference'),
      text('another model ran meanwhile'),
    ],
    rows: runs.map((run) => [
      labelOf(labels, run),
      milliseconds(run.cold.startMs),
      milliseconds(run.cold.downloadMs),
      milliseconds(run.cold.parseMs),
      milliseconds(run.cold.firstInferenceMs),
      run.cold.contended ? 'yes: upper bounds' : 'no',
    ]),
    notes: invalidNotes(runs, labels),
  };
}

/** What the machines of the agents said while their runs were measured; null where no run has any of it. */
export function hostTable(runs: readonly RunRecord[], labels: RunLabels): Table | null {
  const told = runs.flatMap((run) => (run.host === null ? [] : [{ run, host: run.host }]));
  if (told.length === 0) return null;
  return {
    id: 'machines',
    title: "Agents' machines while they were measured",
    columns: [
      text('run'),
      number('readings'),
      number('processor min (°C)'),
      number('median (°C)'),
      number('max (°C)'),
      number('clock min (MHz)'),
      number('clock max (MHz)'),
      text('throttled while it ran'),
      text('since boot'),
      number('least free memory (MB)'),
    ],
    rows: told.map(({ run, host: { readings, temperature, cpuMegahertz, throttling, memory } }) => [
      labelOf(labels, run),
      count(readings),
      degrees(temperature?.min ?? null),
      degrees(temperature?.median ?? null),
      degrees(temperature?.max ?? null),
      count(cpuMegahertz?.min ?? null),
      count(cpuMegahertz?.max ?? null),
      throttling === null ? UNKNOWN : throttlingWords(throttling.during),
      throttling === null ? UNKNOWN : throttlingWords(throttling.sinceBoot),
      count(memory === null ? null : memory.leastAvailableBytes / 1e6),
    ]),
    notes: [...invalidNotes(runs, labels), HOST_NOTE],
  };
}

/** Every check of every run, in words. */
export function validityTable(runs: readonly RunRecord[], labels: RunLabels): Table {
  return {
    id: 'validity',
    title: 'Validity',
    columns: [text('run'), text('check'), text('passed'), prose('in words')],
    rows: runs.flatMap((run) =>
      run.validity.checks.map(({ check, passed, detail }) => [
        labelOf(labels, run),
        check,
        passed ? 'yes' : 'no',
        detail,
      ]),
    ),
    notes: [],
  };
}

/** Which of the runs are not valid, and why; one sentence per run, first among a table's notes. */
export function invalidNotes(runs: readonly RunRecord[], labels: RunLabels): readonly string[] {
  return runs
    .filter(({ validity }) => !validity.valid)
    .map((run) => `${labelOf(labels, run)}: ${reasonsInvalid(run.validity).join(' ')}`);
}
