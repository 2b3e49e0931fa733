/** All runs measured here: filters, exports and the table, or a message in its place. */
import { useId, useMemo, useState, type ReactNode, useRef } from 'react';
import type { RunPlan, RunRecord } from '../../../../domain/measuring/run.ts';
import { describeProblem } from '../../../../domain/problems/problem.ts';
import { counted } from '../../../../domain/quantity.ts';
import type { HistoryStatus } from '../../run-store.ts';
import { useRunState, useRuns } from '../run-context.ts';
import { DeleteRuns } from './DeleteRuns.tsx';
import { ExportMenu, ExportOutcome } from './ExportMenu.tsx';
import { Filters } from './Filters.tsx';
import { RunTable } from './RunTable.tsx';
import { filterRuns, NEWEST_FIRST, NO_FILTER, orderRuns } from './run-order.ts';
import { useExport } from './use-export.ts';

interface HistorySectionProps {
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  /** Offered while there are no runs. */
  readonly firstPlan: RunPlan;
}

export function HistorySection({ openId, onOpen, firstPlan }: HistorySectionProps) {
  const history = useRunState((state) => state.history);
  const id = useId();
  return (
    <section className="view-part" aria-labelledby={id}>
      <h2 id={id}>History</h2>
      <HistoryBody history={history} firstPlan={firstPlan}>
        {(runs) => <FilledHistory runs={runs} openId={openId} onOpen={onOpen} />}
      </HistoryBody>
    </section>
  );
}

interface HistoryBodyProps {
  readonly history: HistoryStatus;
  readonly firstPlan: RunPlan;
  readonly children: (runs: readonly RunRecord[]) => ReactNode;
}

function HistoryBody({ history, firstPlan, children }: HistoryBodyProps) {
  switch (history.kind) {
    case 'loading':
      return (
        <p className="quiet" role="status">
          Loading the run history…
        </p>
      );
    case 'failed': {
      const { sentence, nextStep } = describeProblem(history.problem);
      return (
        <p role="alert">
          <strong>{sentence}</strong> {nextStep}
        </p>
      );
    }
    case 'ready':
      return history.runs.length === 0 ? <NoRuns firstPlan={firstPlan} /> : children(history.runs);
  }
}

function NoRuns({ firstPlan }: { readonly firstPlan: RunPlan }) {
  const session = useRuns();
  const running = useRunState((state) => state.progress.kind === 'running');
  return (
    <div className="view-empty">
      <p>
        A run loads one configuration cold, measures a fixed number of frames and checks whether the numbers
        are valid. Runs stay in this browser until you delete them.
      </p>
      <div className="tools">
        <button
          type="button"
          className="button"
          disabled={running || firstPlan.choices.length === 0}
          onClick={() => session.start(firstPlan)}
        >
          Measure the first run
        </button>
        <ImportRuns />
      </div>
    </div>
  );
}

interface FilledHistoryProps {
  readonly runs: readonly RunRecord[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
}

function FilledHistory({ runs, openId, onOpen }: FilledHistoryProps) {
  const [filter, setFilter] = useState(NO_FILTER);
  const [order, setOrder] = useState(NEWEST_FIRST);
  const exporting = useExport();
  const ids = useRunState((state) => state.selected);
  const shown = useMemo(() => orderRuns(filterRuns(runs, filter), order), [runs, filter, order]);
  const selected = useMemo(() => ids.flatMap((id) => runs.find((run) => run.id === id) ?? []), [ids, runs]);
  return (
    <>
      <div className="tools">
        <Filters runs={runs} filter={filter} onFilter={setFilter} />
        <span className="tools-gap" />
        <ExportMenu runs={selected} controls={exporting} />
        <DeleteRuns ids={ids} words="Delete…" />
        <ImportRuns />
      </div>
      <ExportOutcome controls={exporting} />
      <p className="quiet" role="status">
        {countWords(runs.length, shown.length, selected.length)}
      </p>
      {shown.length === 0 ? (
        <p>No runs match these filters.</p>
      ) : (
        <RunTable runs={shown} order={order} openId={openId} onOrder={setOrder} onOpen={onOpen} />
      )}
    </>
  );
}

function countWords(all: number, shown: number, selected: number): string {
  const runs = shown === all ? counted(all, 'run') : `${shown} of ${counted(all, 'run')} shown`;
  if (selected === 0)
    return `${runs}. Select runs to export, delete or compare them; click a name to open one.`;
  return `${runs}, ${selected} selected${selected === 2 ? ' and compared below' : ''}.`;
}

/** Imports runs from a JSON export. */
function ImportRuns() {
  const session = useRuns();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        Import JSON…
      </button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="JSON export of runs"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) session.importFile(file);
          // The same file may be imported twice in a row.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
