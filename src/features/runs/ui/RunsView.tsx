/** The Runs view: opens its session when it is first shown, and draws plan, progress, history and one run. */
// Imported first, so that a view's own styles override it.
import '../../../ui-kit/view.css';
import '../../../ui-kit/plan-form.css';
import { useCallback, useState } from 'react';
import type { RunPlan } from '../../../domain/measuring/run.ts';
import { DismissibleProblem } from '../../../ui-kit/DismissibleProblem.tsx';
import { OpenedView } from '../../../ui-kit/OpenedView.tsx';
import { AgentsContext } from '../../agents/ui/public.ts';
import type { RunSession } from '../run-session.ts';
import { Comparison } from './Comparison.tsx';
import { ProgressSection } from './ProgressSection.tsx';
import { RunDetails } from './details/RunDetails.tsx';
import { HistorySection } from './history/HistorySection.tsx';
import { PlanSection } from './plan/PlanSection.tsx';
import { usePlanDraft } from './plan/use-plan-draft.ts';
import { RunSessionContext, runsOf, useRunState, useRuns } from './run-context.ts';

interface OpenedRuns {
  readonly session: RunSession;
  readonly given: RunPlan | null;
}

export function RunsView({ open }: { readonly open: () => Promise<RunSession> }) {
  const openRuns = useCallback(async (): Promise<OpenedRuns> => {
    const session = await open();
    return { session, given: session.planFromAddress() };
  }, [open]);
  return (
    <OpenedView name="Runs" what="the runs" open={openRuns}>
      {({ session, given }) => (
        <RunSessionContext value={session}>
          <AgentsContext value={session.agents}>
            <Runs given={given} />
          </AgentsContext>
        </RunSessionContext>
      )}
    </OpenedView>
  );
}

function Runs({ given }: { readonly given: RunPlan | null }) {
  const session = useRuns();
  const problem = useRunState((state) => state.problem);
  const making = usePlanDraft(given);
  const history = useRunState((state) => state.history);
  const selected = useRunState((state) => state.selected);
  const [openId, setOpenId] = useState<string | null>(null);
  const onOpen = useCallback((id: string) => setOpenId((before) => (before === id ? null : id)), []);
  const runs = runsOf(history);
  const open = runs.find(({ id }) => id === openId);
  const [baseline, other] = selected.flatMap((id) => runs.find((run) => run.id === id) ?? []);
  return (
    <>
      <DismissibleProblem problem={problem} onDismiss={() => session.dismissProblem()} />
      <ProgressSection />
      <PlanSection making={making} />
      <HistorySection openId={openId} onOpen={onOpen} firstPlan={making.plan} />
      {baseline !== undefined && other !== undefined && selected.length === 2 && (
        <Comparison baseline={baseline} other={other} />
      )}
      {open !== undefined && <RunDetails run={open} onClose={() => setOpenId(null)} />}
    </>
  );
}
