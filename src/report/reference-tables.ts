/** The tables of published figures beside a run's own, with their warnings as numbered notes. */
import { accuracyFor, noReferencesBecause, referencesFor } from '../domain/published/reference-figures.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { count, milliseconds, percent, ratio } from './quantity.ts';
import { labelOf, type RunLabels } from './run-label.ts';
import { invalidNotes } from './run-tables.ts';
import { number, text, type Table } from './table.ts';

/** Published durations beside one run. @param order number of the run in the report, from 1 */
export function referenceTable(run: RunRecord, labels: RunLabels, order: number): Table {
  const notes = numberedNotes();
  const because = noReferencesBecause(run);
  const rows = referencesFor(run).map(({ figure, runMs, runValue, ratio: times, warnings }) => [
    figure.citation,
    figure.model,
    figure.deviceName,
    figure.stage,
    figure.statistic,
    milliseconds(figure.ms),
    milliseconds(runMs),
    runValue,
    ratio(times),
    notes.numbersOf(warnings),
  ]);
  return {
    id: `references-${order}`,
    title: `Published figures beside ${labelOf(labels, run)}`,
    columns: [
      text('published in'),
      text('model there'),
      text('device there'),
      text('stage there'),
      text('statistic'),
      number('there (ms)'),
      number('here (ms)'),
      text('which value here'),
      number('here / there'),
      text('notes'),
    ],
    rows,
    notes: [...invalidNotes([run], labels), ...(because === null ? [] : [because]), ...notes.all()],
  };
}

/** Published accuracy of the models of the runs; null where nothing is published about any of them. */
export function accuracyTable(runs: readonly RunRecord[], labels: RunLabels): Table | null {
  const notes = numberedNotes();
  const rows = runs.flatMap((run) => {
    const accuracy = accuracyFor(run);
    if (accuracy === null) return [];
    return [
      [
        labelOf(labels, run),
        accuracy.modelId,
        percent(accuracy.meanIoU),
        `${accuracy.dataSet} ${accuracy.split}`,
        count(accuracy.multiplyAdds?.count ?? null),
        notes.numbersOf([`${accuracy.protocol} (${accuracy.source}).`, ...accuracy.warnings]),
      ],
    ];
  });
  if (rows.length === 0) return null;
  return {
    id: 'accuracy',
    title: 'Published accuracy of the models',
    columns: [
      text('run'),
      text('model'),
      number('mean IoU (%)'),
      text('pictures'),
      number('Multiply-Adds'),
      text('notes'),
    ],
    rows,
    notes: [...invalidNotes(runs, labels), ...notes.all()],
  };
}

/** Gives each different sentence one number, so that a row of a table names it by "1, 3". */
function numberedNotes() {
  const numbers = new Map<string, number>();
  return {
    numbersOf(sentences: readonly string[]): string {
      return sentences
        .map((sentence) => {
          const known = numbers.get(sentence) ?? numbers.size + 1;
          numbers.set(sentence, known);
          return known;
        })
        .sort((a, b) => a - b)
        .join(', ');
    },
    all: () => [...numbers].map(([sentence, at]) => `(${at}) ${sentence}`),
  };
}
