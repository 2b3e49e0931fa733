/** All tables of a report, in reading order. */
import type { RunRecord } from '../domain/measuring/run.ts';
import { comparisonTable } from './comparison-table.ts';
import { configurationTable, filesTable } from './condition-tables.ts';
import { accuracyTable, referenceTable } from './reference-tables.ts';
import { labelRuns } from './run-label.ts';
import { coldTable, hostTable, overviewTable, ratesTable, stageTable, validityTable } from './run-tables.ts';
import type { Table } from './table.ts';

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
