/** The notices under the picture: one line each, with one sentence and one next step. Equal sentences appear only once. */
import { describeProblem, type Problem } from '../domain/problems/problem.ts';
import type { Notice, SessionStore } from './session-store.ts';

export interface NoticeBoard {
  problem(problem: Problem, alsoSay?: string): void;
  /** Returns the notice's id, for notices that end by themselves. */
  info(sentence: string, nextStep?: string): number;
  dismiss(id: number): void;
}

const MOST_NOTICES = 4;

export function createNoticeBoard(store: SessionStore): NoticeBoard {
  let lastId = 0;

  function put(tone: Notice['tone'], sentence: string, nextStep: string): number {
    const others = store.getState().notices.filter((notice) => notice.sentence !== sentence);
    const id = ++lastId;
    store.setState({ notices: [...others, { id, tone, sentence, nextStep }].slice(-MOST_NOTICES) });
    return id;
  }

  return {
    problem(problem, alsoSay) {
      const { sentence, nextStep } = describeProblem(problem);
      put('problem', sentence, alsoSay === undefined ? nextStep : `${nextStep} ${alsoSay}`);
    },
    info(sentence, nextStep = '') {
      return put('info', sentence, nextStep);
    },
    dismiss(id) {
      store.setState({ notices: store.getState().notices.filter((notice) => notice.id !== id) });
    },
  };
}
