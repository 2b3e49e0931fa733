import { describe, expect, test } from 'vitest';
import { ProblemError, type Problem } from '../../domain/problems/problem.ts';
import { makeRun } from '../../domain/testing/run-record.ts';
import { createRunStore } from './run-store.ts';
import { createRunBook } from './run-book.ts';
import { memoryHistory } from './testing/run-doubles.ts';

const run = (seed: number) => ({ ...makeRun({ seed }), startedAt: `2026-11-0${seed}T08:00:00.000Z` });
const picture = {
  frame: { sha256: 'aa', png: Uint8Array.of(1), width: 4, height: 3, source: 'test' },
  labelMap: { width: 1, height: 1, labels: Uint8Array.of(3) },
};
const FULL: Problem = { kind: 'history-full' };

function setUp(history = memoryHistory()) {
  const store = createRunStore();
  let lose: (problem: Problem) => void = () => undefined;
  const book = createRunBook(store, (onLost) => {
    lose = onLost;
    return Promise.resolve(history);
  });
  const shown = () => {
    const { history: status } = store.getState();
    return status.kind === 'ready' ? status.runs.map(({ id }) => id) : status.kind;
  };
  return {
    store,
    book,
    history,
    shown,
    lose: (problem: Problem) => lose(problem),
  };
}

describe('the book of runs', () => {
  test('shows runs from the history and new runs, newest first', async () => {
    const { book, shown } = setUp(memoryHistory([run(1), run(3)]));
    expect(shown()).toBe('loading');
    await book.add(run(2), null);
    expect(shown()).toEqual([run(3).id, run(2).id, run(1).id]);
  });

  test('keeps a run and its picture', async () => {
    const { book, history } = setUp();
    await book.add(run(1), picture);
    expect([...history.runs.keys()]).toEqual([run(1).id]);
    expect(await book.picture(run(1).id)).toEqual(picture);
  });

  test('keeps a run in memory with its picture when the history is full, and says so', async () => {
    const { store, book, history, shown } = setUp();
    history.refuses = FULL;
    await book.add(run(1), picture);
    expect(shown()).toEqual([run(1).id]);
    expect(await book.picture(run(1).id)).toEqual(picture);
    expect(store.getState().problem).toEqual(FULL);
    expect(history.runs.size).toBe(0);
  });

  test('saves such a run under its current name after a deletion frees space', async () => {
    const { book, history } = setUp(memoryHistory([run(1)]));
    history.refuses = FULL;
    await book.add(run(2), picture);
    await book.change(run(2).id, { name: 'renamed' });
    history.refuses = null;
    await book.remove([run(1).id]);
    expect([...history.runs.values()]).toMatchObject([{ id: run(2).id, name: 'renamed' }]);
    expect(history.pictures.get(run(2).id)).toEqual(picture);
  });

  test('says that there is no history, and still shows every measured run', async () => {
    const store = createRunStore();
    const problem: Problem = { kind: 'history-unavailable', detail: 'private window' };
    const book = createRunBook(store, () => Promise.reject(new ProblemError(problem)));
    await expect.poll(() => store.getState().history).toEqual({ kind: 'failed', problem });
    await book.add(run(1), null);
    expect(store.getState()).toMatchObject({
      problem,
      history: { kind: 'ready', runs: [{ id: run(1).id }] },
    });
    await book.change(run(1).id, { notes: 'hot day' });
    expect(book.find(run(1).id)?.notes).toBe('hot day');
    await book.remove([run(1).id]);
    expect(store.getState().history).toEqual({ kind: 'ready', runs: [] });
  });

  test('reports a history that is lost while in use, and keeps later runs in memory', async () => {
    const { store, book, history, shown, lose } = setUp(memoryHistory([run(1)]));
    await expect.poll(shown).toEqual([run(1).id]);
    const problem: Problem = { kind: 'history-unavailable', detail: 'the browser closed it' };
    lose(problem);
    expect(store.getState().problem).toEqual(problem);
    await book.add(run(2), null);
    expect(shown()).toEqual([run(2).id, run(1).id]);
    expect(history.runs.has(run(2).id)).toBe(false);
  });

  test('leaves a run unchanged when it is imported again', async () => {
    const { book, history } = setUp(memoryHistory([{ ...run(1), notes: 'mine' }]));
    await book.addImported([run(1), run(2)]);
    expect([...history.runs.values()].map(({ notes }) => notes)).toEqual(['mine', '']);
  });

  test('shows and saves a change', async () => {
    const { book, history } = setUp(memoryHistory([run(1)]));
    await book.change(run(1).id, { name: 'on battery' });
    await book.change('unknown', { name: 'nobody' });
    expect(book.find(run(1).id)?.name).toBe('on battery');
    expect([...history.runs.values()]).toMatchObject([{ name: 'on battery', notes: '' }]);
  });

  test('no longer shows, keeps or selects a removed run', async () => {
    const { store, book, history, shown } = setUp(memoryHistory([run(1), run(2)]));
    await expect.poll(shown).toHaveLength(2);
    store.setState({ selected: [run(1).id, run(2).id] });
    await book.remove([run(1).id]);
    expect(shown()).toEqual([run(2).id]);
    expect(store.getState().selected).toEqual([run(2).id]);
    expect([...history.runs.keys()]).toEqual([run(2).id]);
  });
});
