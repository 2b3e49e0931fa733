/** Renders the page around a recording session in the real browser, as every component test does. */
import { expect, onTestFinished } from 'vitest';
import { render } from 'vitest-browser-react';
import { page } from 'vitest/browser';
import { App } from '../../../App.tsx';
import { makeLive } from './live-state.ts';
import {
  createRecordingRunSession,
  type RecordingRunSession,
  type RunCall,
} from '../../runs/testing/recording-run-session.ts';
import {
  createRecordingEvaluation,
  type EvaluationCall,
  type RecordingEvaluation,
} from '../../evaluate/testing/recording-evaluation.ts';
import { createRecordingSession, type Call, type RecordingSession } from './recording-session.ts';

export interface Shown {
  readonly session: RecordingSession;
  /** Calls of one method, without its name. */
  readonly callsOf: (method: Call[0]) => readonly unknown[][];
}

/** A page without any picture yet. */
export async function showEmptyPage(
  prepare: (session: RecordingSession) => void = () => undefined,
): Promise<Shown> {
  await page.viewport(1280, 800);
  const session = createRecordingSession();
  prepare(session);
  const runs = Promise.resolve(createRecordingRunSession());
  const evaluation = Promise.resolve(createRecordingEvaluation());
  await render(<App session={session} runs={() => runs} evaluation={() => evaluation} />);
  return {
    session,
    callsOf: (method) => session.calls.filter(([name]) => name === method).map(([, ...values]) => values),
  };
}

/** A page that has been running for a while. */
export function showLivePage(prepare: (session: RecordingSession) => void = () => undefined): Promise<Shown> {
  return showEmptyPage((session) => {
    makeLive(session);
    prepare(session);
  });
}

export interface ShownRuns extends Shown {
  readonly runs: RecordingRunSession;
  /** Calls of one method, without its name. */
  readonly runCallsOf: (method: RunCall[0]) => readonly unknown[][];
}

/** The Runs view beside a live view that has been running for a while; the address is put back after the test. */
export async function showRuns(
  prepare: (runs: RecordingRunSession, session: RecordingSession) => void = () => undefined,
): Promise<ShownRuns> {
  await page.viewport(1280, 800);
  const session = createRecordingSession();
  makeLive(session);
  const runs = createRecordingRunSession();
  runs.runs.setState({ history: { kind: 'ready', runs: [] } });
  prepare(runs, session);
  location.hash = '#/runs';
  onTestFinished(() => {
    location.hash = '';
  });
  const opened = Promise.resolve(runs);
  const evaluation = Promise.resolve(createRecordingEvaluation());
  await render(<App session={session} runs={() => opened} evaluation={() => evaluation} />);
  await expect.element(page.getByRole('heading', { name: 'History' })).toBeInTheDocument();
  return {
    session,
    runs,
    callsOf: (method) => session.calls.filter(([name]) => name === method).map(([, ...values]) => values),
    runCallsOf: (method) => runs.calls.filter(([name]) => name === method).map(([, ...values]) => values),
  };
}

export interface ShownEvaluation extends Shown {
  readonly parts: RecordingEvaluation;
  /** Calls of one method, without its name. */
  readonly evaluationCallsOf: (method: EvaluationCall[0]) => readonly unknown[][];
}

/** The Evaluate view beside a live view that has been running for a while; the address is put back after the test. */
export async function showEvaluation(
  prepare: (parts: RecordingEvaluation) => void = () => undefined,
): Promise<ShownEvaluation> {
  await page.viewport(1280, 800);
  const session = createRecordingSession();
  makeLive(session);
  const parts = createRecordingEvaluation();
  prepare(parts);
  location.hash = '#/evaluate';
  onTestFinished(() => {
    location.hash = '';
  });
  const runs = Promise.resolve(createRecordingRunSession());
  const opened = Promise.resolve(parts);
  await render(<App session={session} runs={() => runs} evaluation={() => opened} />);
  // The view is a chunk of its own, which the first test has to wait for.
  await expect
    .element(page.getByRole('heading', { name: 'Pictures and masks' }), { timeout: 30_000 })
    .toBeInTheDocument();
  return {
    session,
    parts,
    callsOf: (method) => session.calls.filter(([name]) => name === method).map(([, ...values]) => values),
    evaluationCallsOf: (method) =>
      parts.calls.filter(([name]) => name === method).map(([, ...values]) => values),
  };
}
