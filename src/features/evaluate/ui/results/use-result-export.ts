/** Makes the files of an export of results and saves them; says what was saved, or why not. */
import { useCallback, useRef, useState } from 'react';
import type { EvaluationFormat } from '../../evaluation-session.types.ts';
import { describeProblem, problemOf } from '../../../../domain/problems/problem.ts';
import { useEvaluation } from '../evaluation-context.ts';
import { saveFile } from '../save-export.ts';

export interface ResultExport {
  /** '' before the first. */
  readonly outcome: string;
  readonly make: (ids: readonly string[], format: EvaluationFormat) => void;
}

export function useResultExport(): ResultExport {
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
