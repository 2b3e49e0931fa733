/** The last problem, one line, until it is dismissed. */
import { describeProblem, type Problem } from '../domain/problems/problem.ts';
import { CloseIcon, ProblemIcon } from './icons.tsx';

interface DismissibleProblemProps {
  readonly problem: Problem | null;
  readonly onDismiss: () => void;
}

/** The live region is always there: screen readers announce only what appears inside a region they already know. */
export function DismissibleProblem({ problem, onDismiss }: DismissibleProblemProps) {
  const text = problem === null ? null : describeProblem(problem);
  return (
    <div role="alert" className="view-problem">
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
            onClick={onDismiss}
          >
            <CloseIcon />
          </button>
        </p>
      )}
    </div>
  );
}
