/** The evaluation under way, paused, or how the last one ended; and one that an earlier page left unfinished. */
import { useId } from 'react';
import type { EvaluationPlan } from '../../../domain/accuracy/evaluation.ts';
import { describeProblem } from '../../../domain/problems/problem.ts';
import { ProgressBar } from '../../../ui-kit/ProgressBar.tsx';
import { modelsOf } from '../../../ui-kit/catalogue-models.ts';
import { classNames } from '../../../ui-kit/class-names.ts';
import { counted, formatCount, formatSpan, formatPercent } from '../../../domain/quantity.ts';
import { useSessionState } from '../../live/ui/session-context.ts';
import type {
  EvaluationFailure,
  EvaluationProgress,
  EvaluationState,
  UnfinishedEvaluation,
} from '../evaluation-store.ts';
import { resultsOf, useEvaluation, useEvaluationState } from './evaluation-context.ts';
import { choiceWords } from './evaluation-words.ts';
import styles from './evaluate.module.css';

const PHASE_WORDS: Readonly<Record<EvaluationProgress['phase'], string>> = {
  loading: 'loading the model',
  scoring: 'scoring',
  saving: 'saving',
};

export function EvaluationProgressSection() {
  const evaluation = useEvaluationState((state) => state.evaluation);
  const unfinished = useEvaluationState((state) => state.unfinished);
  switch (evaluation.kind) {
    case 'idle':
      return unfinished === null ? null : <Unfinished unfinished={unfinished} />;
    case 'running':
    case 'paused':
      return <UnderWay evaluation={evaluation} />;
    case 'done':
    case 'failed':
      return (
        <>
          <Ended evaluation={evaluation} />
          {unfinished !== null && <Unfinished unfinished={unfinished} />}
        </>
      );
  }
}

type Evaluation = EvaluationState['evaluation'];

function UnderWay({
  evaluation,
}: {
  readonly evaluation: Extract<Evaluation, { kind: 'running' | 'paused' }>;
}) {
  const session = useEvaluation();
  const models = modelsOf(useSessionState((state) => state.catalogue));
  const { kind, plan, at, phase, done, total, progress01, secondsLeft, skipped, meanIou, failures } =
    evaluation;
  const paused = kind === 'paused';
  const choice = plan.choices[at];
  const id = useId();
  const titleId = useId();
  return (
    <section className="view-part view-sticky" aria-labelledby={titleId}>
      <h2 id={titleId}>{paused ? 'Paused' : 'Scoring'}</h2>
      <div className={classNames('under-way', styles.underWay)}>
        <p id={id}>
          <strong>
            {at + 1} of {plan.choices.length}
          </strong>{' '}
          {choice === undefined ? '' : choiceWords(choice, models)}:{' '}
          {phase === 'scoring' ? `picture ${formatCount(done)} of ${formatCount(total)}` : PHASE_WORDS[phase]}
        </p>
        <ProgressBar labelledBy={id} progress01={progress01} timeLeft={leftWords(paused, secondsLeft)}>
          <button
            type="button"
            className="button"
            onClick={() => {
              if (paused) session.resume();
              else session.pause();
            }}
          >
            {paused ? 'Resume' : 'Pause'}
          </button>
          <button type="button" className="button" onClick={() => session.cancel()}>
            Cancel
          </button>
        </ProgressBar>
        <p className="quiet">
          Mean IoU so far {formatPercent(meanIou)} %, {formatCount(skipped)} skipped. Cancelling keeps the
          scored pictures. After a reload, open the folder again to continue.
        </p>
      </div>
      <Failures plan={plan} failures={failures} />
    </section>
  );
}

function leftWords(paused: boolean, secondsLeft: number | null): string {
  if (paused) return 'paused after the current picture';
  return secondsLeft === null ? 'estimating the time left' : `about ${formatSpan(secondsLeft)} left`;
}

function Ended({ evaluation }: { readonly evaluation: Extract<Evaluation, { kind: 'done' | 'failed' }> }) {
  const id = useId();
  const results = resultsOf(useEvaluationState((state) => state.results));
  if (evaluation.kind === 'failed') {
    const { sentence, nextStep } = describeProblem(evaluation.problem);
    return (
      <section className="view-part" aria-labelledby={id}>
        <h2 id={id}>Last evaluation</h2>
        <p role="alert">
          <strong>{sentence}</strong> {nextStep}
        </p>
      </section>
    );
  }
  const { plan, resultIds, failures, cancelled } = evaluation;
  const isPartial = (resultId: string) => results.find((one) => one.id === resultId)?.state === 'partial';
  const partial = resultIds.filter(isPartial).length;
  const scored = `${resultIds.length - partial} of ${counted(plan.choices.length, 'configuration')} scored`;
  const failed = failures.length === 0 ? '' : `, ${failures.length} incomplete`;
  return (
    <section className="view-part" aria-labelledby={id}>
      <h2 id={id}>Last evaluation</h2>
      <p role="status">
        {cancelled
          ? `Cancelled: ${scored}${failed}${partial === 0 ? '' : '; the current one is kept as a partial result'}.`
          : `${scored}${failed}.`}
      </p>
      <Failures plan={plan} failures={failures} />
    </section>
  );
}

function Unfinished({ unfinished }: { readonly unfinished: UnfinishedEvaluation }) {
  const { dataSetName, done, total, plan, dataSetMatches } = unfinished;
  const session = useEvaluation();
  const id = useId();
  return (
    <section className="view-part" aria-labelledby={id}>
      <h2 id={id}>Unfinished evaluation</h2>
      <p>
        {formatCount(done)} of {formatCount(total)} pictures of <strong>{dataSetName}</strong> were scored
        with {counted(plan.choices.length, 'configuration')} before you left the page.{' '}
        {dataSetMatches ? 'The same pictures are open.' : 'Open the same folder again to continue.'}
      </p>
      <div className="tools">
        <button
          type="button"
          className="button button-strong"
          disabled={!dataSetMatches}
          onClick={() => session.resume()}
        >
          Continue
        </button>
        <button type="button" className="button" onClick={() => session.forgetUnfinished()}>
          Discard
        </button>
      </div>
    </section>
  );
}

function Failures({
  plan,
  failures,
}: {
  readonly plan: EvaluationPlan;
  readonly failures: readonly EvaluationFailure[];
}) {
  const models = modelsOf(useSessionState((state) => state.catalogue));
  if (failures.length === 0) return null;
  return (
    <ul className="reasons" aria-label="Incomplete configurations">
      {failures.map(({ at, problem }) => {
        const { sentence, nextStep } = describeProblem(problem);
        const choice = plan.choices[at];
        return (
          <li key={at}>
            <span className="quiet">{choice === undefined ? '' : choiceWords(choice, models)}</span>{' '}
            <strong>{sentence}</strong> {nextStep}
          </li>
        );
      })}
    </ul>
  );
}
