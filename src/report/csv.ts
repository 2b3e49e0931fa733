/** Runs as CSV (RFC 4180): one row per run and stage, one row per frame, or any table of the report. */
import { isOnAgent } from '../domain/agent-description.ts';
import type { HostSummary } from '../domain/measuring/host-readings.ts';
import { reasonsInvalid } from '../domain/measuring/run-validity.ts';
import { medianIntervalOf, summariseRun } from '../domain/measuring/run-summary.ts';
import { COLUMN_NAMES } from '../domain/measuring/run-columns.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { codecOf } from '../domain/setup.ts';
import { throttlingWords } from '../domain/measuring/throttling.ts';
import { markedName } from './run-label.ts';
import { cellText, type Cell, type Table } from './table.ts';

export type Field = string | number | boolean | null;

const HOST_HEADER = [
  'processor_min_celsius',
  'processor_median_celsius',
  'processor_max_celsius',
  'cpu_min_mhz',
  'cpu_max_mhz',
  'throttled_while_it_ran',
  'throttled_since_boot',
  'memory_least_available_bytes',
  'memory_total_bytes',
] as const;

const RUN_HEADER = [
  'run_id',
  'run',
  'started_at',
  'model',
  'backend',
  'input_size_px',
  'pipeline',
  'source',
  'device',
  'agent',
  'device_asked',
  'device_used',
  'tail',
  'codec',
  'usb_port',
  'edge_tpu_library',
  ...HOST_HEADER,
  'valid',
  'not_valid_because',
] as const;

const STAGE_HEADER = [
  'stage',
  'n',
  'min_ms',
  'median_ms',
  'median_low95_ms',
  'median_high95_ms',
  'mean_ms',
  'p90_ms',
  'p95_ms',
  'p99_ms',
  'max_ms',
  'max_1_ms',
  'max_2_ms',
  'model_rate_per_s',
  'frames_per_s',
  'source_pictures_per_s',
  'skipped',
] as const;

/** One row per run and duration, the rates of the run on each; a run without frames has one row with n = 0. */
export function stagesCsv(runs: readonly RunRecord[]): string {
  const rows = runs.flatMap((run) => {
    const summary = summariseRun(run);
    const { modelPerSecond, framesPerSecond, sourcePerSecond, skipped } = summary.rates;
    const rates = [modelPerSecond, framesPerSecond, sourcePerSecond, skipped];
    if (summary.rows.length === 0) {
      return [[...runFields(run), null, 0, ...Array.from({ length: 11 }, () => null), ...rates]];
    }
    return summary.rows.map((row) => {
      const interval = medianIntervalOf(run.columns, row.key);
      const { n, min, median, mean, p90, p95, p99, max, max1, max2 } = row;
      const bounds = [interval?.low ?? null, interval?.high ?? null];
      return [
        ...runFields(run),
        row.key,
        n,
        min,
        median,
        ...bounds,
        mean,
        p90,
        p95,
        p99,
        max,
        max1,
        max2,
        ...rates,
      ];
    });
  });
  return csv([[...RUN_HEADER, ...STAGE_HEADER], ...rows]);
}

/** One row per run and frame, ms; `at_ms` is the time of painting since the first counted frame was asked for. */
export function framesCsv(runs: readonly RunRecord[]): string {
  const rows = runs.flatMap((run) =>
    run.columns.frame.map((_, i) => [
      run.id,
      markedName(run),
      run.validity.valid,
      i + 1,
      ...COLUMN_NAMES.map((column) => run.columns[column][i] ?? null),
    ]),
  );
  return csv([['run_id', 'run', 'valid', 'frame', ...COLUMN_NAMES.map((name) => `${name}_ms`)], ...rows]);
}

/** A table of the report with its values unrounded; the notes are left to the other formats. */
export function tableCsv(table: Table): string {
  const value = (cell: Cell): Field => (typeof cell === 'string' ? cellText(cell) : cell.value);
  return csv([table.columns.map(({ heading }) => heading), ...table.rows.map((row) => row.map(value))]);
}

function runFields(run: RunRecord): readonly Field[] {
  const { segmenter, source } = run.configuration;
  return [
    run.id,
    markedName(run),
    run.startedAt,
    segmenter.modelId,
    segmenter.backend,
    segmenter.inputSize,
    segmenter.pipeline,
    source,
    segmenter.device,
    ...agentFields(run),
    run.validity.valid,
    reasonsInvalid(run.validity).join(' '),
  ];
}

/** Empty for a run in the browser. */
function agentFields({ setup, configuration: { segmenter }, host }: RunRecord): readonly Field[] {
  if (!isOnAgent(segmenter)) {
    return Array.from({ length: 7 + HOST_HEADER.length }, () => null);
  }
  const { agentAddress, deviceAsked, deviceUsed, tail, machine } = segmenter;
  return [
    agentAddress,
    deviceAsked,
    deviceUsed === 'test-double' ? 'TEST DOUBLE' : deviceUsed,
    tail,
    codecOf(setup),
    machine.usbPort,
    machine.edgeTpuLibrary,
    ...hostFields(host),
  ];
}

/** Empty where the machine tells nothing; "none" where it tells that nothing throttled it. */
function hostFields(host: HostSummary | null): readonly Field[] {
  const { temperature = null, cpuMegahertz = null, throttling = null, memory = null } = host ?? {};
  return [
    temperature?.min ?? null,
    temperature?.median ?? null,
    temperature?.max ?? null,
    cpuMegahertz?.min ?? null,
    cpuMegahertz?.max ?? null,
    throttling === null ? null : throttlingWords(throttling.during),
    throttling === null ? null : throttlingWords(throttling.sinceBoot),
    memory?.leastAvailableBytes ?? null,
    memory?.totalBytes ?? null,
  ];
}

/** Records of any fields; a header is a record like the others. */
export function csv(records: readonly (readonly Field[])[]): string {
  return records.map((record) => `${record.map(field).join(',')}\r\n`).join('');
}

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

/** Spreadsheets run a text that begins like a formula, and names come from imported files: an apostrophe stops that. */
function harmless(content: string): string {
  return /^[=+\-@\t\r]/.test(content) ? `'${content}` : content;
}
