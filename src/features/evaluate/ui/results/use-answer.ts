/** A session's answer to a changing question: waiting, the value, or the problem. */
import { useEffect, useState } from 'react';
import { describeProblem, problemOf, type ProblemText } from '../../../../domain/problems/problem.ts';

export type Answer<Value> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly value: Value }
  | { readonly kind: 'failed'; readonly text: ProblemText };

/**
 * @param ask must stay the same function for the same question (useCallback); asked again when it changes
 * @param what the question is about, for an error without its own text
 */
export function useAnswer<Value>(ask: () => Promise<Value>, what: string): Answer<Value> {
  const [answered, setAnswered] = useState<{ ask: unknown; answer: Answer<Value> } | null>(null);
  useEffect(() => {
    let gone = false;
    ask().then(
      (value) => {
        if (!gone) setAnswered({ ask, answer: { kind: 'here', value } });
      },
      (error: unknown) => {
        const problem = problemOf(error, (detail) => ({ kind: 'evaluation-unreadable', what, detail }));
        if (!gone) setAnswered({ ask, answer: { kind: 'failed', text: describeProblem(problem) } });
      },
    );
    return () => {
      gone = true;
    };
  }, [ask, what]);
  // Ignores the answer to an earlier question.
  return answered !== null && answered.ask === ask ? answered.answer : { kind: 'waiting' };
}
