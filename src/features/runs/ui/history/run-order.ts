/** Which runs the table shows, and in which order. */
import { placeName, type RunBackend } from '../../../../domain/agent-description.ts';
import { backendOf } from '../../../../domain/setup.ts';
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import { figuresOf } from './run-figures.ts';

export const COLUMNS = [
  'name',
  'model',
  'backend',
  'size',
  'pipeline',
  'source',
  'n',
  'frame',
  'inference',
  'p95',
  'framesPerSecond',
  'modelPerSecond',
  'valid',
  'date',
] as const;
export type Column = (typeof COLUMNS)[number];

export interface RunOrder {
  readonly column: Column;
  readonly descending: boolean;
}

export interface RunFilter {
  /** null: any. */
  readonly modelId: string | null;
  readonly backend: RunBackend | null;
  readonly valid: boolean | null;
}

export const NEWEST_FIRST: RunOrder = { column: 'date', descending: true };
export const NO_FILTER: RunFilter = { modelId: null, backend: null, valid: null };

/** A second click reverses the order; a new column starts at its most interesting end. */
export function nextOrder(order: RunOrder, column: Column): RunOrder {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: column === 'date' || column.endsWith('PerSecond') };
}

export function filterRuns(runs: readonly RunRecord[], filter: RunFilter): readonly RunRecord[] {
  const { modelId, backend, valid } = filter;
  return runs.filter(
    ({ setup, validity }) =>
      (modelId === null || setup.modelId === modelId) &&
      (backend === null || backendOf(setup) === backend) &&
      (valid === null || validity.valid === valid),
  );
}

/** Stable; unknown values come last in either direction. */
export function orderRuns(runs: readonly RunRecord[], order: RunOrder): readonly RunRecord[] {
  const keyed = runs.map((run) => ({ run, key: KEYS[order.column](run) }));
  const sign = order.descending ? -1 : 1;
  return keyed
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      return sign * compareKeys(a.key, b.key);
    })
    .map(({ run }) => run);
}

const IN_WORDS = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compareKeys(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : IN_WORDS.compare(String(a), String(b));
}

const KEYS: Readonly<Record<Column, (run: RunRecord) => string | number | null>> = {
  name: (run) => run.name,
  model: (run) => run.configuration.segmenter.modelName,
  backend: (run) => placeName(run.configuration.segmenter),
  size: (run) => run.setup.inputSize,
  pipeline: (run) => run.setup.pipeline,
  source: (run) => run.configuration.source,
  n: (run) => figuresOf(run).n,
  frame: (run) => figuresOf(run).frameMs,
  inference: (run) => figuresOf(run).inferenceMs,
  p95: (run) => figuresOf(run).p95Ms,
  framesPerSecond: (run) => figuresOf(run).rates.framesPerSecond,
  modelPerSecond: (run) => figuresOf(run).rates.modelPerSecond,
  valid: (run) => Number(!run.validity.valid),
  date: (run) => Date.parse(run.startedAt) || null,
};
