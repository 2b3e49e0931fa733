/** The table that sets every run against the first: difference, ratio, and whether noise could explain it. */
import { COMPARISON_CAVEAT, compareRuns } from '../domain/measuring/run-comparison.ts';
import type { Duration } from '../domain/measuring/run-columns.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { labelOf, type RunLabels } from './run-label.ts';
import { milliseconds, number, ratio, signedMilliseconds, tableOf, text, type Table } from './table.ts';

const COMPARED: readonly Duration[] = ['frame', 'inference', 'preprocess', 'postprocess', 'paint'];

/** null for fewer than two runs: there is nothing to compare. */
export function comparisonTable(runs: readonly RunRecord[], labels: RunLabels): Table | null {
  const [baseline, ...others] = runs;
  if (baseline === undefined || others.length === 0) return null;
  const comparisons = others.map((run) => ({ run, ...compareRuns(baseline, run) }));
  const rows = comparisons.flatMap(({ run, rows: durations }) =>
    durations.filter(({ key }) => COMPARED.includes(key)).map((row) => ({ run, ...row })),
  );
  return tableOf(
    { id: 'comparison', title: `Medians against ${labelOf(labels, baseline)}` },
    rows,
    [
      text('run', ({ run }) => labelOf(labels, run)),
      text('stage', ({ key }) => key),
      number('baseline (ms)', ({ baselineMs }) => milliseconds(baselineMs)),
      number('run (ms)', ({ otherMs }) => milliseconds(otherMs)),
      number('difference (ms)', ({ difference }) => signedMilliseconds(difference.value)),
      number('95 % low', ({ difference }) => signedMilliseconds(difference.low)),
      number('95 % high', ({ difference }) => signedMilliseconds(difference.high)),
      number('ratio', (row) => ratio(row.ratio?.value ?? null)),
      number('95 % low', (row) => ratio(row.ratio?.low ?? null)),
      number('95 % high', (row) => ratio(row.ratio?.high ?? null)),
      text('told from noise', ({ distinguishable }) => (distinguishable ? 'yes' : 'no')),
    ],
    [
      ...comparisons
        .filter(({ warnings }) => warnings.length > 0)
        .map(({ run, warnings }) => `${labelOf(labels, run)}: ${warnings.join(' ')}`),
      COMPARISON_CAVEAT,
    ],
  );
}
