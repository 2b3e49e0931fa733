/** Exports and deletes the selected results, or exports all. */
import { AlertDialog } from 'radix-ui';
import { useCallback, useRef, useState } from 'react';
import { describeProblem, problemOf } from '../../../../domain/problems/problem.ts';
import { ExportList, type OfferedFormat } from '../../../../ui-kit/ExportList.tsx';
import { counted } from '../../../../domain/quantity.ts';
import { saveFile } from '../../../../ui-kit/save-file.ts';
import type { EvaluationFormat } from '../../evaluation-session.types.ts';
import { useEvaluation } from '../evaluation-context.ts';

const FORMATS: readonly OfferedFormat<EvaluationFormat>[] = [
  { format: 'csv', words: 'CSV', note: 'one row per configuration and class' },
  { format: 'json', words: 'JSON', note: 'everything, confusion matrix included' },
  { format: 'markdown', words: 'Markdown', note: 'tables' },
];

interface ResultToolsProps {
  readonly all: readonly string[];
  readonly selected: readonly string[];
  readonly onDeleted: () => void;
}

export function ResultTools({ all, selected, onDeleted }: ResultToolsProps) {
  const session = useEvaluation();
  const { outcome, make } = useResultExport();
  const ids = selected.length === 0 ? all : selected;
  return (
    <div className="tools">
      <p className="quiet" role="status">
        {outcome === '' ? countWords(all.length, selected.length) : outcome}
      </p>
      <span className="tools-gap" />
      <ExportList
        what={counted(ids.length, 'result')}
        disabled={ids.length === 0}
        formats={FORMATS}
        onExport={(format) => make(ids, format)}
      />
      <DeleteResults
        count={selected.length}
        onDelete={() => {
          session.removeResults(selected);
          onDeleted();
        }}
      />
    </div>
  );
}

interface DeleteResultsProps {
  readonly count: number;
  readonly onDelete: () => void;
}

function DeleteResults({ count, onDelete }: DeleteResultsProps) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className="button" disabled={count === 0}>
        Delete…
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-veil" />
        <AlertDialog.Content className="dialog dialog-question">
          <AlertDialog.Title>Delete {counted(count, 'result')}?</AlertDialog.Title>
          <AlertDialog.Description>
            You cannot undo this. Export first if you may need the data.
          </AlertDialog.Description>
          <div className="dialog-actions">
            <AlertDialog.Cancel className="button">Keep</AlertDialog.Cancel>
            <AlertDialog.Action className="button button-strong" onClick={onDelete}>
              Delete
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function countWords(all: number, selected: number): string {
  if (selected === 0)
    return `${counted(all, 'result')}. Select two to compare them; click a name to open one.`;
  return `${selected} of ${counted(all, 'result')} selected${selected > 1 ? ' and compared below' : ''}.`;
}

interface ResultExport {
  /** '' before the first. */
  readonly outcome: string;
  readonly make: (ids: readonly string[], format: EvaluationFormat) => void;
}

function useResultExport(): ResultExport {
  const session = useEvaluation();
  const [outcome, setOutcome] = useState('');
  const busy = useRef(false);
  const make = useCallback(
    (ids: readonly string[], format: EvaluationFormat) => {
      if (busy.current) return;
      busy.current = true;
      void session
        .exportResults(ids, format)
        .then((files) => {
          for (const file of files) saveFile(file);
          setOutcome(`Saved ${files.map(({ fileName }) => fileName).join(', ')}.`);
        })
        .catch((error: unknown) => {
          const what = `export as ${format}`;
          const problem = problemOf(error, (detail) => ({ kind: 'export-failed', what, detail }));
          const { sentence, nextStep } = describeProblem(problem);
          setOutcome(`${sentence} ${nextStep}`);
        })
        .finally(() => {
          busy.current = false;
        });
    },
    [session],
  );
  return { outcome, make };
}
