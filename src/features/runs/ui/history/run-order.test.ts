import { expect, test } from 'vitest';
import { backendOf } from '../../../../domain/setup.ts';
import { inferenceOnly } from '../../../../domain/testing/run-record.ts';
import { makeHistory } from '../../testing/run-history.ts';
import { figuresOf } from './run-figures.ts';
import { COLUMNS, filterRuns, NEWEST_FIRST, nextOrder, NO_FILTER, orderRuns } from './run-order.ts';

const RUNS = makeHistory(20, 30);

test('every column sorts in both directions', () => {
  for (const column of COLUMNS) {
    const up = orderRuns(RUNS, { column, descending: false });
    const down = orderRuns(RUNS, { column, descending: true });
    expect(up, column).toHaveLength(RUNS.length);
    expect(new Set(up), column).toEqual(new Set(RUNS));
    if (column !== 'n') expect(down[0], column).not.toBe(up[0]);
  }
});

test('medians sort as numbers', () => {
  const medians = orderRuns(RUNS, { column: 'frame', descending: false }).map(
    (run) => figuresOf(run).frameMs ?? 0,
  );
  expect(medians).toEqual([...medians].sort((a, b) => a - b));
});

test('numbers in names sort as numbers', () => {
  const names = [10, 9, 2].map(
    (n) => ({ ...makeHistory(1, 5)[0], name: `run ${n}` }) as (typeof RUNS)[number],
  );
  expect(orderRuns(names, { column: 'name', descending: false }).map(({ name }) => name)).toEqual([
    'run 2',
    'run 9',
    'run 10',
  ]);
});

test('a run without frames comes last in either direction', () => {
  const [first, ...others] = RUNS;
  if (first === undefined) throw new Error('There is no run.');
  const empty = { ...first, columns: inferenceOnly([]) };
  for (const descending of [true, false])
    expect(orderRuns([empty, ...others], { column: 'frame', descending }).at(-1)).toBe(empty);
});

test('a second click reverses the order; rates and dates start with the largest', () => {
  expect(nextOrder(NEWEST_FIRST, 'date')).toEqual({ column: 'date', descending: false });
  expect(nextOrder(NEWEST_FIRST, 'frame')).toEqual({ column: 'frame', descending: false });
  expect(nextOrder(NEWEST_FIRST, 'modelPerSecond')).toEqual({ column: 'modelPerSecond', descending: true });
});

test('filters combine', () => {
  expect(filterRuns(RUNS, NO_FILTER)).toEqual(RUNS);
  const bad = filterRuns(RUNS, { ...NO_FILTER, valid: false });
  expect(bad.length).toBeGreaterThan(0);
  expect(bad.every(({ validity }) => !validity.valid)).toBe(true);
  const wasm = filterRuns(RUNS, { modelId: 'segscope-mnv2-257', backend: 'wasm', valid: true });
  expect(wasm.length).toBeGreaterThan(0);
  expect(wasm.every(({ setup }) => backendOf(setup) === 'wasm')).toBe(true);
});

test('figures are computed once per run, even after a rename', () => {
  const [run] = RUNS;
  if (run === undefined) throw new Error('There is no run.');
  expect(figuresOf({ ...run, name: 'renamed' })).toBe(figuresOf(run));
});
