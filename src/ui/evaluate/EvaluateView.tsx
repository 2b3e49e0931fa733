/** The Evaluate view: opens its sessions when it is first shown; accuracy with truth, agreement without, pictures for quantising. */
import { useEffect, useState } from 'react';
import type { EvaluationParts } from '../../app/evaluation-parts.types.ts';
import { describeProblem } from '../../domain/problem.ts';
import { AgentsContext } from '../agents/agents-context.ts';
import { CloseIcon, ProblemIcon } from '../icons.tsx';
import { AgreementSection } from './agreement/AgreementSection.tsx';
import { CalibrationSection } from './calibration/CalibrationSection.tsx';
import { DataSetSection } from './data-set/DataSetSection.tsx';
import { EvaluationContext, useEvaluation, useEvaluationState } from './evaluation-context.ts';
import { EvaluationProgressSection } from './EvaluationProgressSection.tsx';
import { EvaluationPlanSection } from './plan/EvaluationPlanSection.tsx';
import { ResultsSection } from './results/ResultsSection.tsx';
import '../styles/runs.css';
import '../styles/runs-plan.css';
import '../styles/runs-tables.css';
import '../styles/evaluate.css';

type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly parts: EvaluationParts }
  | { readonly kind: 'failed'; readonly detail: string };

export function EvaluateView({ open }: { readonly open: () => Promise<EvaluationParts> }) {
  const opened = useOpened(open);
  switch (opened.kind) {
    case 'opening':
      return (
        <p className="runs-part quiet" role="status">
          Opening the evaluation…
        </p>
      );
    case 'failed':
      return (
        <p className="runs-part" role="alert">
          <strong>The Evaluate view could not be opened ({opened.detail}).</strong> Check that the server is
          still running, then reload.
        </p>
      );
    case 'open':
      return (
        <EvaluationContext value={opened.parts}>
          <AgentsContext value={opened.parts.agents}>
            <Evaluation />
          </AgentsContext>
        </EvaluationContext>
      );
  }
}

function Evaluation() {
  const dataSet = useEvaluationState((state) => state.dataSet);
  const report = dataSet.kind === 'ready' && dataSet.report.pairs > 0 ? dataSet.report : null;
  return (
    <>
      <EvaluationProblem />
      <EvaluationProgressSection />
      <DataSetSection />
      {report !== null && <EvaluationPlanSection report={report} />}
      <ResultsSection />
      <AgreementSection />
      <CalibrationSection />
    </>
  );
}

/** The live region is always there: readers announce only what appears inside a region they already know. */
function EvaluationProblem() {
  const session = useEvaluation();
  const problem = useEvaluationState((state) => state.problem);
  const text = problem === null ? null : describeProblem(problem);
  return (
    <div role="alert" className="run-problem">
      {text !== null && (
        <p className="notice notice-problem">
          <ProblemIcon />
          <span className="notice-words">
            <strong>{text.sentence}</strong> {text.nextStep}
          </span>
          <button
            type="button"
            className="button button-square"
            aria-label={`Dismiss: ${text.sentence}`}
            onClick={() => {
              session.dismissProblem();
            }}
          >
            <CloseIcon />
          </button>
        </p>
      )}
    </div>
  );
}

function useOpened(open: () => Promise<EvaluationParts>): Opened {
  const [opened, setOpened] = useState<Opened>({ kind: 'opening' });
  useEffect(() => {
    let gone = false;
    open().then(
      (parts) => {
        if (!gone) setOpened({ kind: 'open', parts });
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
