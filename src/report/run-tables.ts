/** The tables of the runs themselves: overview, stages, cold start, validity. */
import { placeOf, type RunRecord } from '../domain/measuring/run.ts';
import { reasonsInvalid } from '../domain/measuring/run-validity.ts';
import { medianIntervalOf, ratesOf, rowOf, summariseRun } from '../domain/measuring/run-summary.ts';
import { throttlingWords, type ThrottlingReason } from '../domain/measuring/throttling.ts';
import { UNKNOWN } from '../domain/quantity.ts';
import { labelOf, type RunLabels } from './run-label.ts';
import { count, degrees, milliseconds, number, prose, rate, tableOf, text, type Table } from './table.ts';

const PERCENTILE_NOTE =
  'Percentiles are by linear interpolation between closest ranks (type 7 of Hyndman and Fan); intervals are 95 % percentile bootstrap intervals of the median, 2,000 resamples.';
const RATES_NOTE =
  'Model rate: 1000 / median inference. Frames/s: painted frames per second of wall-clock time. Source pictures/s: distinct pictures that the source delivered.';
const MAX_NOTE =
  'max_1: the first counted frame, if it was the longest; max_2: the longest of all other frames. Warm-up frames are not counted.';
const HOST_NOTE =
  'One reading per second, starting with the last one before the run. The temperature of the Coral stick cannot be read.';
const WAIT_NOTE =
  '"wait" is the part of capture spent waiting for a new picture; "frame" is the whole time from the request to the painted frame.';

/** One line per run. */
export function overviewTable(runs: readonly RunRecord[], labels: RunLabels): Table {
  const rows = runs.map((run) => {
    const summary = summariseRun(run);
    const interval = medianIntervalOf(run.columns, 'frame');
    return { run, segmenter: run.configuration.segmenter, summary, frame: rowOf(summary, 'frame'), interval };
  });
  return tableOf(
    { id: 'overview', title: 'Runs' },
    rows,
    [
      text('run', ({ run }) => labelOf(labels, run)),
      text('model', ({ segmenter }) => segmenter.modelId),
      text('backend', ({ run }) => placeOf(run)),
      number('input (px)', ({ segmenter }) => count(segmenter.inputSize)),
      text('pipeline', ({ segmenter }) => segmenter.pipeline),
      number('frames', ({ summary }) => count(summary.n)),
      number('frame median (ms)', ({ frame }) => milliseconds(frame?.median ?? null)),
      number('95 % low', ({ interval }) => milliseconds(interval?.low ?? null)),
      number('95 % high', ({ interval }) => milliseconds(interval?.high ?? null)),
      number('frame p95 (ms)', ({ frame }) => milliseconds(frame?.p95 ?? null)),
      number('inference median (ms)', ({ summary }) =>
        milliseconds(rowOf(summary, 'inference')?.median ?? null),
      ),
      text('valid', ({ run }) => yesNo(run.validity.valid)),
    ],
    [...invalidNotes(runs, labels), PERCENTILE_NOTE],
  );
}

/** The three rates, each under its own name. */
export function ratesTable(runs: readonly RunRecord[], labels: RunLabels): Table {
  return tableOf(
    { id: 'rates', title: 'Rates' },
    runs.map((run) => ({ run, ...ratesOf(run) })),
    [
      text('run', ({ run }) => labelOf(labels, run)),
      number('frames/s, end to end', ({ framesPerSecond }) => rate(framesPerSecond)),
      number('model rate (1/s)', ({ modelPerSecond }) => rate(modelPerSecond)),
      number('source pictures/s', ({ sourcePerSecond }) => rate(sourcePerSecond)),
      number('skipped source pictures', ({ skipped }) => count(skipped)),
    ],
    [...invalidNotes(runs, labels), RATES_NOTE],
  );
}

/** Stages, wait and whole frame of one run. @param order number of the run in the report, from 1 */
export function stageTable(run: RunRecord, labels: RunLabels, order: number): Table {
  const rows = summariseRun(run).rows.map((row) => ({
    ...row,
    interval: medianIntervalOf(run.columns, row.key),
  }));
  return tableOf(
    { id: `stages-${order}`, title: `Stages of ${labelOf(labels, run)}, ms` },
    rows,
    [
      text('stage', ({ key }) => key),
      number('n', ({ n }) => count(n)),
      number('min', ({ min }) => milliseconds(min)),
      number('median', ({ median }) => milliseconds(median)),
      number('95 % low', ({ interval }) => milliseconds(interval?.low ?? null)),
      number('95 % high', ({ interval }) => milliseconds(interval?.high ?? null)),
      number('mean', ({ mean }) => milliseconds(mean)),
      number('p90', ({ p90 }) => milliseconds(p90)),
      number('p95', ({ p95 }) => milliseconds(p95)),
      number('p99', ({ p99 }) => milliseconds(p99)),
      number('max', ({ max }) => milliseconds(max)),
      number('max_1', ({ max1 }) => milliseconds(max1)),
      number('max_2', ({ max2 }) => milliseconds(max2)),
    ],
    [...invalidNotes([run], labels), WAIT_NOTE, MAX_NOTE],
  );
}

/** Start-up times, separate from warm ones. */
export function coldTable(runs: readonly RunRecord[], labels: RunLabels): Table {
  return tableOf(
    { id: 'cold', title: 'Cold start, ms' },
    runs,
    [
      text('run', (run) => labelOf(labels, run)),
      number('start', ({ cold }) => milliseconds(cold.startMs)),
      number('download', ({ cold }) => milliseconds(cold.downloadMs)),
      number('parse', ({ cold }) => milliseconds(cold.parseMs)),
      number('first inference', ({ cold }) => milliseconds(cold.firstInferenceMs)),
      text('another model was running', ({ cold }) => (cold.contended ? 'yes: upper bounds' : 'no')),
    ],
    invalidNotes(runs, labels),
  );
}

/** Readings of the agents' machines during the runs; null if no run has any. */
export function hostTable(runs: readonly RunRecord[], labels: RunLabels): Table | null {
  const rows = runs.flatMap((run) => (run.host === null ? [] : [{ run, host: run.host }]));
  if (rows.length === 0) return null;
  const throttled = (reasons: readonly ThrottlingReason[] | undefined) =>
    reasons === undefined ? UNKNOWN : throttlingWords(reasons);
  const megabytes = (bytes: number | undefined) => count(bytes === undefined ? null : bytes / 1e6);
  return tableOf(
    { id: 'machines', title: 'Agent machines during the runs' },
    rows,
    [
      text('run', ({ run }) => labelOf(labels, run)),
      number('readings', ({ host }) => count(host.readings)),
      number('processor min (°C)', ({ host }) => degrees(host.temperature?.min ?? null)),
      number('median (°C)', ({ host }) => degrees(host.temperature?.median ?? null)),
      number('max (°C)', ({ host }) => degrees(host.temperature?.max ?? null)),
      number('clock min (MHz)', ({ host }) => count(host.cpuMegahertz?.min ?? null)),
      number('clock max (MHz)', ({ host }) => count(host.cpuMegahertz?.max ?? null)),
      text('throttled during the run', ({ host }) => throttled(host.throttling?.during)),
      text('since boot', ({ host }) => throttled(host.throttling?.sinceBoot)),
      number('least free memory (MB)', ({ host }) => megabytes(host.memory?.leastAvailableBytes)),
    ],
    [...invalidNotes(runs, labels), HOST_NOTE],
  );
}

/** Every check of every run. */
export function validityTable(runs: readonly RunRecord[], labels: RunLabels): Table {
  return tableOf(
    { id: 'validity', title: 'Validity' },
    runs.flatMap((run) => run.validity.checks.map((check) => ({ run, ...check }))),
    [
      text('run', ({ run }) => labelOf(labels, run)),
      text('check', ({ check }) => check),
      text('passed', ({ passed }) => yesNo(passed)),
      prose('details', ({ detail }) => detail),
    ],
  );
}

const yesNo = (value: boolean) => (value ? 'yes' : 'no');

/** Why runs are not valid, one note per run; these notes come first below a table. */
export function invalidNotes(runs: readonly RunRecord[], labels: RunLabels): readonly string[] {
  return runs
    .filter(({ validity }) => !validity.valid)
    .map((run) => `${labelOf(labels, run)}: ${reasonsInvalid(run.validity).join(' ')}`);
}
