/** React context and hooks for the sessions of the Evaluate view. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { EvaluationParts } from '../start-evaluation.ts';
import type { EvaluationSession } from '../evaluation-session.types.ts';
import type { EvaluationResult } from '../../../domain/accuracy/evaluation.ts';
import type { EvaluationState, ResultsStatus } from '../evaluation-store.ts';

export const EvaluationContext = createContext<EvaluationParts | null>(null);

/** @throws Error outside of <EvaluateView>. */
export function useEvaluationParts(): EvaluationParts {
  const parts = useContext(EvaluationContext);
  if (parts === null) throw new Error('This component belongs inside <EvaluateView>.');
  return parts;
}

export function useEvaluation(): EvaluationSession {
  return useEvaluationParts().evaluation;
}

export function useEvaluationState<Part>(select: (state: EvaluationState) => Part): Part {
  return useStore(useEvaluation().evaluation, select);
}

/** True while one of the view's sessions works. Two at once would share the processor and distort every time. */
export function useBusy(): boolean {
  const { evaluation, agreement, calibration } = useEvaluationParts();
  const scoring = useStore(evaluation.evaluation, (state) => isUnderWay(state.evaluation));
  const comparing = useStore(
    agreement.agreement,
    ({ status: { kind } }) => kind === 'loading' || kind === 'running',
  );
  const recording = useStore(
    calibration.calibration,
    ({ status: { kind } }) => kind === 'opening' || kind === 'recording',
  );
  return scoring || comparing || recording;
}

const NO_RESULTS: readonly EvaluationResult[] = [];

/** Newest first; none while they are being read. */
export function resultsOf(results: ResultsStatus): readonly EvaluationResult[] {
  return results.kind === 'ready' ? results.results : NO_RESULTS;
}

/** Scoring, or between two of its pictures. */
export function isUnderWay({ kind }: EvaluationState['evaluation']): boolean {
  return kind === 'running' || kind === 'paused';
}
