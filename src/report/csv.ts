/** Runs as CSV (RFC 4180): one row per run and stage, one row per frame, or any table of the report. */
import { isOnAgent, type AgentDescription } from '../domain/agent-description.ts';
import type { Interval } from '../domain/measuring/bootstrap.ts';
import { reasonsInvalid } from '../domain/measuring/run-validity.ts';
import {
  medianIntervalOf,
  summariseRun,
  type DurationSummary,
  type RunRates,
} from '../domain/measuring/run-summary.ts';
import { COLUMN_NAMES } from '../domain/measuring/run-columns.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { codecOf } from '../domain/setup.ts';
import { throttlingWords } from '../domain/measuring/throttling.ts';
import { markedName } from './run-label.ts';
import type { Cell, Table } from './table.ts';

export type Field = string | number | boolean | null;

export interface CsvColumn<Row> {
  readonly name: string;
  readonly value: (row: Row) => Field;
}

/** Columns of one kind of row, for larger rows that include it. */
export function columnsOf<Inner, Row>(
  columns: readonly CsvColumn<Inner>[],
  inner: (row: Row) => Inner,
): readonly CsvColumn<Row>[] {
  return columns.map(({ name, value }) => ({ name, value: (row) => value(inner(row)) }));
}

const agentOf = ({ configuration: { segmenter } }: RunRecord) => (isOnAgent(segmenter) ? segmenter : null);

/** null for a run in the browser; "none" if the machine reports no throttling. */
const throttled = ({ host }: RunRecord, when: 'during' | 'sinceBoot'): Field => {
  const throttling = host?.throttling ?? null;
  return throttling === null ? null : throttlingWords(throttling[when]);
};

const RUN_COLUMNS: readonly CsvColumn<RunRecord>[] = [
  { name: 'run_id', value: (run) => run.id },
  { name: 'run', value: markedName },
  { name: 'started_at', value: (run) => run.startedAt },
  { name: 'model', value: (run) => run.configuration.segmenter.modelId },
  { name: 'backend', value: (run) => run.configuration.segmenter.backend },
  { name: 'input_size_px', value: (run) => run.configuration.segmenter.inputSize },
  { name: 'pipeline', value: (run) => run.configuration.segmenter.pipeline },
  { name: 'source', value: (run) => run.configuration.source },
  { name: 'device', value: (run) => run.configuration.segmenter.device },
  { name: 'agent', value: (run) => agentOf(run)?.agentAddress ?? null },
  { name: 'device_asked', value: (run) => agentOf(run)?.deviceAsked ?? null },
  { name: 'device_used', value: (run) => deviceUsed(agentOf(run)) },
  { name: 'tail', value: (run) => agentOf(run)?.tail ?? null },
  { name: 'codec', value: (run) => (agentOf(run) === null ? null : codecOf(run.setup)) },
  { name: 'usb_port', value: (run) => agentOf(run)?.machine.usbPort ?? null },
  { name: 'edge_tpu_library', value: (run) => agentOf(run)?.machine.edgeTpuLibrary ?? null },
  { name: 'processor_min_celsius', value: ({ host }) => host?.temperature?.min ?? null },
  { name: 'processor_median_celsius', value: ({ host }) => host?.temperature?.median ?? null },
  { name: 'processor_max_celsius', value: ({ host }) => host?.temperature?.max ?? null },
  { name: 'cpu_min_mhz', value: ({ host }) => host?.cpuMegahertz?.min ?? null },
  { name: 'cpu_max_mhz', value: ({ host }) => host?.cpuMegahertz?.max ?? null },
  { name: 'throttled_while_it_ran', value: (run) => throttled(run, 'during') },
  { name: 'throttled_since_boot', value: (run) => throttled(run, 'sinceBoot') },
  { name: 'memory_least_available_bytes', value: ({ host }) => host?.memory?.leastAvailableBytes ?? null },
  { name: 'memory_total_bytes', value: ({ host }) => host?.memory?.totalBytes ?? null },
  { name: 'valid', value: (run) => run.validity.valid },
  { name: 'not_valid_because', value: (run) => reasonsInvalid(run.validity).join(' ') },
];

function deviceUsed(agent: AgentDescription | null): Field {
  return agent?.deviceUsed === 'test-double' ? 'TEST DOUBLE' : (agent?.deviceUsed ?? null);
}

interface StageRow {
  readonly run: RunRecord;
  readonly rates: RunRates;
  /** Both null for a run without frames. */
  readonly duration: DurationSummary | null;
  readonly interval: Interval | null;
}

const STAGE_COLUMNS: readonly CsvColumn<StageRow>[] = [
  ...columnsOf(RUN_COLUMNS, ({ run }: StageRow) => run),
  { name: 'stage', value: ({ duration }) => duration?.key ?? null },
  { name: 'n', value: ({ duration }) => duration?.n ?? 0 },
  { name: 'min_ms', value: ({ duration }) => duration?.min ?? null },
  { name: 'median_ms', value: ({ duration }) => duration?.median ?? null },
  { name: 'median_low95_ms', value: ({ interval }) => interval?.low ?? null },
  { name: 'median_high95_ms', value: ({ interval }) => interval?.high ?? null },
  { name: 'mean_ms', value: ({ duration }) => duration?.mean ?? null },
  { name: 'p90_ms', value: ({ duration }) => duration?.p90 ?? null },
  { name: 'p95_ms', value: ({ duration }) => duration?.p95 ?? null },
  { name: 'p99_ms', value: ({ duration }) => duration?.p99 ?? null },
  { name: 'max_ms', value: ({ duration }) => duration?.max ?? null },
  { name: 'max_1_ms', value: ({ duration }) => duration?.max1 ?? null },
  { name: 'max_2_ms', value: ({ duration }) => duration?.max2 ?? null },
  { name: 'model_rate_per_s', value: ({ rates }) => rates.modelPerSecond },
  { name: 'frames_per_s', value: ({ rates }) => rates.framesPerSecond },
  { name: 'source_pictures_per_s', value: ({ rates }) => rates.sourcePerSecond },
  { name: 'skipped', value: ({ rates }) => rates.skipped },
];

/** One row per run and duration, with the run's rates on each; a run without frames has one row with n = 0. */
export function stagesCsv(runs: readonly RunRecord[]): string {
  const rows = runs.flatMap((run): readonly StageRow[] => {
    const { rows: durations, rates } = summariseRun(run);
    if (durations.length === 0) return [{ run, rates, duration: null, interval: null }];
    return durations.map((duration) => ({
      run,
      rates,
      duration,
      interval: medianIntervalOf(run.columns, duration.key),
    }));
  });
  return csv(STAGE_COLUMNS, rows);
}

interface FrameRow {
  readonly run: RunRecord;
  readonly index: number;
}

const FRAME_COLUMNS: readonly CsvColumn<FrameRow>[] = [
  { name: 'run_id', value: ({ run }) => run.id },
  { name: 'run', value: ({ run }) => markedName(run) },
  { name: 'valid', value: ({ run }) => run.validity.valid },
  { name: 'frame', value: ({ index }) => index + 1 },
  ...COLUMN_NAMES.map((key) => ({
    name: `${key}_ms`,
    value: ({ run, index }: FrameRow) => run.columns[key][index] ?? null,
  })),
];

/** One row per run and frame, ms; `at_ms` counts from the request for the first counted frame to the end of painting. */
export function framesCsv(runs: readonly RunRecord[]): string {
  const rows = runs.flatMap((run) => run.columns.frame.map((_, index) => ({ run, index })));
  return csv(FRAME_COLUMNS, rows);
}

/** A table of the report with its values unrounded and without its notes. */
export function tableCsv({ columns, rows }: Table): string {
  const fields = columns.map(({ heading }, at) => ({
    name: heading,
    value: (cells: readonly Cell[]) => fieldOf(cells[at] ?? ''),
  }));
  return csv(fields, rows);
}

const fieldOf = (cell: Cell): Field => (typeof cell === 'string' ? cell : cell.value);

/** A header and one record per row (RFC 4180). */
export function csv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const header = columns.map(({ name }) => name);
  return [header, ...rows.map((row) => columns.map(({ value }) => value(row)))].map(record).join('');
}

const record = (fields: readonly Field[]) => `${fields.map(field).join(',')}\r\n`;

function field(value: Field): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  // Seven digits: finer than any clock here, and without the noise of binary fractions.
  if (typeof value === 'number') return String(Number(value.toPrecision(7)));
  return quoted(harmless(value));
}

function quoted(content: string): string {
  return /[",\r\n]/.test(content) ? `"${content.replaceAll('"', '""')}"` : content;
}

/**
 * Spreadsheets execute text that looks like a formula, and names come from imported files: an apostrophe stops that.
 */
function harmless(content: string): string {
  return /^[=+\-@\t\r]/.test(content) ? `'${content}` : content;
}
