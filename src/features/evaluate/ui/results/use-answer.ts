/** What a session answers to a question that changes: waiting, the answer, or why there is none. */
import { useEffect, useState } from 'react';
import { describeProblem, problemOf, type ProblemText } from '../../../../domain/problems/problem.ts';

export type Answer<Value> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly value: Value }
  | { readonly kind: 'failed'; readonly text: ProblemText };

/**
 * @param ask must stay the same function for the same question (useCallback); asked again when it changes
 * @param what the question is about, for an error that brings no words of its own
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
  // An answer to an earlier question is none to this one.
  return answered !== null && answered.ask === ask ? answered.answer : { kind: 'waiting' };
}
