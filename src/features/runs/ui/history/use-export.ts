/** Makes the files of an export, saves them, and keeps links to them while they are shown. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExportFormat } from '../../run-session.ts';
import { describeProblem, problemOf, type ProblemText } from '../../../../domain/problems/problem.ts';
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import { saveLink, type SavedLink } from '../../../../ui-kit/save-file.ts';
import { useRuns } from '../run-context.ts';

export interface ExportedLink extends SavedLink {
  readonly bytes: number;
}

export type ExportState =
  | { readonly kind: 'none' }
  | { readonly kind: 'making'; readonly format: ExportFormat }
  | { readonly kind: 'made'; readonly links: readonly ExportedLink[] }
  | { readonly kind: 'failed'; readonly text: ProblemText };

export interface ExportControls {
  readonly state: ExportState;
  readonly make: (runs: readonly RunRecord[], format: ExportFormat) => void;
  readonly dismiss: () => void;
}

export function useExport(): ExportControls {
  const session = useRuns();
  const [state, setState] = useState<ExportState>({ kind: 'none' });
  const urls = useRef<string[]>([]);
  const busy = useRef(false);

  const release = useCallback(() => {
    for (const url of urls.current) URL.revokeObjectURL(url);
    urls.current = [];
  }, []);
  useEffect(() => release, [release]);

  const make = useCallback(
    (runs: readonly RunRecord[], format: ExportFormat) => {
      if (busy.current) return;
      busy.current = true;
      release();
      setState({ kind: 'making', format });
      void session
        .exportRuns(runs, format)
        .then((files) => {
          const links = files.map(({ fileName, blob }) => {
            const url = URL.createObjectURL(blob);
            urls.current.push(url);
            return { fileName, url, bytes: blob.size };
          });
          for (const link of links) saveLink(link);
          setState({ kind: 'made', links });
        })
        .catch((error: unknown) => {
          const problem = problemOf(error, (detail) => ({
            kind: 'export-failed',
            what: `export as ${format}`,
            detail,
          }));
          setState({ kind: 'failed', text: describeProblem(problem) });
        })
        .finally(() => {
          busy.current = false;
        });
    },
    [session, release],
  );

  const dismiss = useCallback(() => {
    release();
    setState({ kind: 'none' });
  }, [release]);

  return { state, make, dismiss };
}
