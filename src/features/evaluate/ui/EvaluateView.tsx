/** The Evaluate view: opens its sessions when it is first shown; accuracy with truth, agreement without, pictures for quantising. */
// Imported first, so that a view's own styles override it.
import '../../../ui-kit/view.css';
import '../../../ui-kit/plan-form.css';
import { DismissibleProblem } from '../../../ui-kit/DismissibleProblem.tsx';
import { OpenedView } from '../../../ui-kit/OpenedView.tsx';
import { AgentsContext } from '../../agents/ui/public.ts';
import type { EvaluationParts } from '../start-evaluation.ts';
import { CalibrationSection } from './CalibrationSection.tsx';
import { EvaluationProgressSection } from './EvaluationProgressSection.tsx';
import { AgreementSection } from './agreement/AgreementSection.tsx';
import { DataSetSection } from './data-set/DataSetSection.tsx';
import { EvaluationContext, useEvaluation, useEvaluationState } from './evaluation-context.ts';
import { EvaluationPlanSection } from './plan/EvaluationPlanSection.tsx';
import { ResultsSection } from './results/ResultsSection.tsx';

export function EvaluateView({ open }: { readonly open: () => Promise<EvaluationParts> }) {
  return (
    <OpenedView name="Evaluate" what="the evaluation" open={open}>
      {(parts) => (
        <EvaluationContext value={parts}>
          <AgentsContext value={parts.agents}>
            <Evaluation />
          </AgentsContext>
        </EvaluationContext>
      )}
    </OpenedView>
  );
}

function Evaluation() {
  const session = useEvaluation();
  const problem = useEvaluationState((state) => state.problem);
  const dataSet = useEvaluationState((state) => state.dataSet);
  const report = dataSet.kind === 'ready' && dataSet.report.pairs > 0 ? dataSet.report : null;
  return (
    <>
      <DismissibleProblem problem={problem} onDismiss={() => session.dismissProblem()} />
      <EvaluationProgressSection />
      <DataSetSection />
      {report !== null && <EvaluationPlanSection report={report} />}
      <ResultsSection />
      <AgreementSection />
      <CalibrationSection />
    </>
  );
}
