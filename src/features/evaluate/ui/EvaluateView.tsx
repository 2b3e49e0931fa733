/** The Evaluate view: opens its sessions when it is first shown; accuracy with truth, agreement without, pictures for quantising. */
import type { EvaluationParts } from '../start-evaluation.ts';
import { AgentsContext } from '../../agents/ui/agents-context.ts';
import { DismissibleProblem } from '../../../ui-kit/DismissibleProblem.tsx';
import { OpenedView } from '../../../ui-kit/OpenedView.tsx';
import { AgreementSection } from './agreement/AgreementSection.tsx';
import { CalibrationSection } from './calibration/CalibrationSection.tsx';
import { DataSetSection } from './data-set/DataSetSection.tsx';
import { EvaluationContext, useEvaluation, useEvaluationState } from './evaluation-context.ts';
import { EvaluationProgressSection } from './EvaluationProgressSection.tsx';
import { EvaluationPlanSection } from './plan/EvaluationPlanSection.tsx';
import { ResultsSection } from './results/ResultsSection.tsx';
import '../../runs/ui/runs.css';
import '../../runs/ui/runs-plan.css';
import '../../runs/ui/runs-tables.css';
import './evaluate.css';

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
