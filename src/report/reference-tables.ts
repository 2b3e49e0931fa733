/** Tables that compare a run with published figures; the warnings are numbered notes. */
import { accuracyFor, noReferencesBecause, referencesFor } from '../domain/published/reference-figures.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { labelOf, type RunLabels } from './run-label.ts';
import { invalidNotes } from './run-tables.ts';
import { count, milliseconds, number, percent, ratio, tableOf, text, type Table } from './table.ts';

/** One run compared with published durations. @param order number of the run in the report, from 1 */
export function referenceTable(run: RunRecord, labels: RunLabels, order: number): Table {
  const notes = numberedNotes();
  const because = noReferencesBecause(run);
  const table = tableOf(
    { id: `references-${order}`, title: `Published figures beside ${labelOf(labels, run)}` },
    referencesFor(run),
    [
      text('source', ({ figure }) => figure.citation),
      text('published model', ({ figure }) => figure.model),
      text('published device', ({ figure }) => figure.deviceName),
      text('published stage', ({ figure }) => figure.stage),
      text('published statistic', ({ figure }) => figure.statistic),
      number('published (ms)', ({ figure }) => milliseconds(figure.ms)),
      number('this run (ms)', ({ runMs }) => milliseconds(runMs)),
      text('statistic of this run', ({ runValue }) => runValue),
      number('this run / published', (row) => ratio(row.ratio)),
      text('notes', ({ warnings }) => notes.numbersOf(warnings)),
    ],
  );
  // Writing the rows assigns the numbers.
  return {
    ...table,
    notes: [...invalidNotes([run], labels), ...(because === null ? [] : [because]), ...notes.all()],
  };
}

/** Published accuracy of the runs' models; null if nothing is published about any of them. */
export function accuracyTable(runs: readonly RunRecord[], labels: RunLabels): Table | null {
  const notes = numberedNotes();
  const rows = runs.flatMap((run) => {
    const accuracy = accuracyFor(run);
    return accuracy === null ? [] : [{ run, accuracy }];
  });
  if (rows.length === 0) return null;
  const table = tableOf({ id: 'accuracy', title: 'Published accuracy of the models' }, rows, [
    text('run', ({ run }) => labelOf(labels, run)),
    text('model', ({ accuracy }) => accuracy.modelId),
    number('mean IoU (%)', ({ accuracy }) => percent(accuracy.meanIoU)),
    text('pictures', ({ accuracy }) => `${accuracy.dataSet} ${accuracy.split}`),
    number('Multiply-Adds', ({ accuracy }) => count(accuracy.multiplyAdds?.count ?? null)),
    text('notes', ({ accuracy: { protocol, source, warnings } }) =>
      notes.numbersOf([`${protocol} (${source}).`, ...warnings]),
    ),
  ]);
  return { ...table, notes: [...invalidNotes(runs, labels), ...notes.all()] };
}

/** Gives each distinct sentence one number, so that a row of a table can cite it as "1, 3". */
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
