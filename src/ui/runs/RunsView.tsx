/** The Runs view: opens its session when it is first shown, and draws plan, progress, history and one run. */
import { useCallback, useEffect, useState } from 'react';
import type { RunSession } from '../../app/run-session.types.ts';
import type { RunPlan } from '../../domain/run.ts';
import { AgentsContext } from '../agents/agents-context.ts';
import { Comparison } from './Comparison.tsx';
import { RunDetails } from './details/RunDetails.tsx';
import { HistorySection } from './history/HistorySection.tsx';
import { PlanSection } from './plan/PlanSection.tsx';
import { usePlanDraft } from './plan/use-plan-draft.ts';
import { ProgressSection } from './progress/ProgressSection.tsx';
import { RunProblem } from './RunProblem.tsx';
import { RunSessionContext, runsOf, useRunState } from './run-context.ts';
import '../agents/agents.css';
import '../styles/runs.css';
import '../styles/runs-plan.css';
import '../styles/runs-tables.css';

type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly session: RunSession; readonly given: RunPlan | null }
  | { readonly kind: 'failed'; readonly detail: string };

export function RunsView({ open }: { readonly open: () => Promise<RunSession> }) {
  const opened = useOpened(open);
  switch (opened.kind) {
    case 'opening':
      return (
        <p className="runs-part quiet" role="status">
          Opening the runs…
        </p>
      );
    case 'failed':
      return (
        <p className="runs-part" role="alert">
          <strong>The Runs view could not be opened ({opened.detail}).</strong> Check that the server is still
          running, then reload.
        </p>
      );
    case 'open':
      return (
        <RunSessionContext value={opened.session}>
          <AgentsContext value={opened.session.agents}>
            <Runs given={opened.given} />
          </AgentsContext>
        </RunSessionContext>
      );
  }
}

function Runs({ given }: { readonly given: RunPlan | null }) {
  const making = usePlanDraft(given);
  const history = useRunState((state) => state.history);
  const selected = useRunState((state) => state.selected);
  const [openId, setOpenId] = useState<string | null>(null);
  const onOpen = useCallback((id: string) => {
    setOpenId((before) => (before === id ? null : id));
  }, []);
  const runs = runsOf(history);
  const open = runs.find(({ id }) => id === openId);
  const [baseline, other] = selected.flatMap((id) => runs.find((run) => run.id === id) ?? []);
  return (
    <>
      <RunProblem />
      <ProgressSection />
      <PlanSection making={making} />
      <HistorySection openId={openId} onOpen={onOpen} firstPlan={making.plan} />
      {baseline !== undefined && other !== undefined && selected.length === 2 && (
        <Comparison baseline={baseline} other={other} />
      )}
      {open !== undefined && (
        <RunDetails
          run={open}
          onClose={() => {
            setOpenId(null);
          }}
        />
      )}
    </>
  );
}

function useOpened(open: () => Promise<RunSession>): Opened {
  const [opened, setOpened] = useState<Opened>({ kind: 'opening' });
  useEffect(() => {
    let gone = false;
    open().then(
      (session) => {
        if (!gone) setOpened({ kind: 'open', session, given: session.planFromAddress() });
      },
      (error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error);
        if (!gone) setOpened({ kind: 'failed', detail });
      },
    );
    return () => {
      gone = true;
    };
  }, [open]);
  return opened;
}
