/** The table that sets every run against the first: difference, ratio, and whether noise could explain it. */
import { COMPARISON_CAVEAT, compareRuns } from '../domain/measuring/run-comparison.ts';
import type { Duration } from '../domain/measuring/run-columns.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { milliseconds, ratio, signedMilliseconds } from './quantity.ts';
import { labelOf, type RunLabels } from './run-label.ts';
import { number, text, type Table } from './table.ts';

const COMPARED: readonly Duration[] = ['frame', 'inference', 'preprocess', 'postprocess', 'paint'];

/** null for fewer than two runs: there is nothing to compare. */
export function comparisonTable(runs: readonly RunRecord[], labels: RunLabels): Table | null {
  const [baseline, ...others] = runs;
  if (baseline === undefined || others.length === 0) return null;
  const comparisons = others.map((run) => ({ run, ...compareRuns(baseline, run) }));
  return {
    id: 'comparison',
    title: `Medians against ${labelOf(labels, baseline)}`,
    columns: [
      text('run'),
      text('stage'),
      number('baseline (ms)'),
      number('run (ms)'),
      number('difference (ms)'),
      number('95 % low'),
      number('95 % high'),
      number('ratio'),
      number('95 % low'),
      number('95 % high'),
      text('told from noise'),
    ],
    rows: comparisons.flatMap(({ run, rows }) =>
      rows
        .filter(({ key }) => COMPARED.includes(key))
        .map((row) => [
          labelOf(labels, run),
          row.key,
          milliseconds(row.baselineMs),
          milliseconds(row.otherMs),
          signedMilliseconds(row.difference.value),
          signedMilliseconds(row.difference.low),
          signedMilliseconds(row.difference.high),
          ratio(row.ratio?.value ?? null),
          ratio(row.ratio?.low ?? null),
          ratio(row.ratio?.high ?? null),
          row.distinguishable ? 'yes' : 'no',
        ]),
    ),
    notes: [
      ...comparisons
        .filter(({ warnings }) => warnings.length > 0)
        .map(({ run, warnings }) => `${labelOf(labels, run)}: ${warnings.join(' ')}`),
      COMPARISON_CAVEAT,
    ],
  };
}
