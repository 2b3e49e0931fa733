/** All tables of a report, in reading order. */
import type { Duration } from '../domain/measuring/run-columns.ts';
import { compareRuns, COMPARISON_CAVEAT } from '../domain/measuring/run-comparison.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { configurationTable, filesTable } from './condition-tables.ts';
import { accuracyTable, referenceTable } from './reference-tables.ts';
import { labelOf, labelRuns, type RunLabels } from './run-label.ts';
import { coldTable, hostTable, overviewTable, ratesTable, stageTable, validityTable } from './run-tables.ts';
import { milliseconds, number, ratio, signedMilliseconds, tableOf, text, type Table } from './table.ts';

export function reportTables(runs: readonly RunRecord[]): readonly Table[] {
  const labels = labelRuns(runs);
  const tables = [
    overviewTable(runs, labels),
    ratesTable(runs, labels),
    ...runs.map((run, i) => stageTable(run, labels, i + 1)),
    coldTable(runs, labels),
    hostTable(runs, labels),
    comparisonTable(runs, labels),
    ...runs.map((run, i) => referenceTable(run, labels, i + 1)),
    accuracyTable(runs, labels),
    validityTable(runs, labels),
    configurationTable(runs, labels),
    filesTable(runs),
  ];
  return tables.filter((table) => table !== null);
}

const COMPARED: readonly Duration[] = ['frame', 'inference', 'preprocess', 'postprocess', 'paint'];

/** Every run compared with the first; null for fewer than two runs. */
function comparisonTable(runs: readonly RunRecord[], labels: RunLabels): Table | null {
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
      text('distinguishable from noise', ({ distinguishable }) => (distinguishable ? 'yes' : 'no')),
    ],
    [
      ...comparisons
        .filter(({ warnings }) => warnings.length > 0)
        .map(({ run, warnings }) => `${labelOf(labels, run)}: ${warnings.join(' ')}`),
      COMPARISON_CAVEAT,
    ],
  );
}
