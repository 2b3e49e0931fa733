/** The running plan, or how the last one ended: what is measured, progress, time left, and failures. */
import { useId } from 'react';
import type { RunPlan } from '../../../domain/measuring/run.ts';
import { describeProblem } from '../../../domain/problems/problem.ts';
import { ProgressBar } from '../../../ui-kit/ProgressBar.tsx';
import { modelsOf } from '../../../ui-kit/catalogue-models.ts';
import { counted, formatSpan } from '../../../domain/quantity.ts';
import { useAgentsState } from '../../agents/ui/agents-context.ts';
import { useSessionState } from '../../live/ui/session-context.ts';
import type { PlanFailure, PlanOutcome, RunProgress } from '../run-store.ts';
import { useRunState, useRuns } from './run-context.ts';
import { PHASE_WORDS, plannedWords, targetWords } from './run-words.ts';

export function ProgressSection() {
  const progress = useRunState((state) => state.progress);
  const outcome = useRunState((state) => state.outcome);
  const id = useId();
  if (progress.kind === 'running') {
    return (
      <section className="view-part view-sticky" aria-labelledby={id}>
        <h2 id={id}>Measuring</h2>
        <UnderWay progress={progress} />
        <Failures plan={progress.plan} failures={progress.failures} />
      </section>
    );
  }
  if (outcome === null) return null;
  return (
    <section className="view-part" aria-labelledby={id}>
      <h2 id={id}>Last plan</h2>
      <p role="status">{outcomeWords(outcome)}</p>
      <Failures plan={outcome.plan} failures={outcome.failures} />
    </section>
  );
}

function UnderWay({ progress }: { readonly progress: Extract<RunProgress, { kind: 'running' }> }) {
  const { plan, at, phase, progress01, secondsLeft } = progress;
  const runs = useRuns();
  const words = usePlannedWords();
  const id = useId();
  return (
    <div className="under-way">
      <p id={id}>
        <strong>
          {at + 1} of {plan.choices.length}
        </strong>{' '}
        {words(plan, at)}: {PHASE_WORDS[phase]}
      </p>
      <ProgressBar
        labelledBy={id}
        progress01={progress01}
        timeLeft={secondsLeft === null ? 'estimating the time left' : `about ${formatSpan(secondsLeft)} left`}
      >
        <button type="button" className="button" onClick={() => runs.cancel()}>
          Cancel
        </button>
      </ProgressBar>
      <p className="quiet">
        {targetWords(plan.target)} each. Cancelling keeps finished runs. Keep this tab visible: a hidden tab
        makes a run invalid.
      </p>
    </div>
  );
}

function Failures({ plan, failures }: { readonly plan: RunPlan; readonly failures: readonly PlanFailure[] }) {
  const words = usePlannedWords();
  if (failures.length === 0) return null;
  return (
    <ul className="reasons" aria-label="Failed configurations">
      {failures.map(({ at, problem }) => {
        const { sentence, nextStep } = describeProblem(problem);
        return (
          <li key={at}>
            <span className="quiet">{words(plan, at)}</span> <strong>{sentence}</strong> {nextStep}
          </li>
        );
      })}
    </ul>
  );
}

function usePlannedWords(): (plan: RunPlan, at: number) => string {
  const catalogue = useSessionState((state) => state.catalogue);
  const sources = useSessionState((state) => state.sourceOptions);
  const agents = useAgentsState((state) => state.agents);
  return (plan, at) => {
    const planned = plan.choices[at];
    return planned === undefined
      ? ''
      : plannedWords(planned, { models: modelsOf(catalogue), sources, agents });
  };
}

/** "3 of 4 configurations measured, 1 failed." */
function outcomeWords({ plan, runIds, failures, cancelled }: PlanOutcome): string {
  const measured = `${runIds.length} of ${counted(plan.choices.length, 'configuration')} measured`;
  const failed = failures.length === 0 ? '' : `, ${failures.length} failed`;
  return cancelled ? `Cancelled: ${measured}${failed}. Finished runs are kept.` : `${measured}${failed}.`;
}
