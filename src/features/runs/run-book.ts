/** The runs of the page: shown from memory, saved in the history, and kept in memory if the history refuses them. */
import { problemOf, type Problem } from '../../domain/problems/problem.ts';
import { newestFirst, type RunRecord } from '../../domain/measuring/run.ts';
import type { RunStore } from './run-store.ts';
import type { RunHistory, RunPicture } from './run-history.ts';

export interface RunBook {
  /**
   * Shows the run at once and saves it. Never rejects: a run that cannot be saved stays in memory, and the page says
   * so.
   */
  add(run: RunRecord, picture: RunPicture | null): Promise<void>;
  /** Adds the runs that are not present yet. */
  addImported(runs: readonly RunRecord[]): Promise<void>;
  find(id: string): RunRecord | null;
  change(id: string, change: Partial<Pick<RunRecord, 'name' | 'notes'>>): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** null if it has none. @throws ProblemError */
  picture(id: string): Promise<RunPicture | null>;
  close(): void;
}

export type OpenHistory = (onLost: (problem: Problem) => void) => Promise<RunHistory>;

export function createRunBook(store: RunStore, openHistory: OpenHistory): RunBook {
  let history: RunHistory | null = null;
  /** Why there is no history, repeated for every run that could not be saved. */
  let closedBecause: Problem = { kind: 'history-unavailable', detail: 'it was closed' };
  const unsaved = new Map<string, RunPicture | null>();

  const shown = (): readonly RunRecord[] => {
    const { history: status } = store.getState();
    return status.kind === 'ready' ? status.runs : [];
  };

  function show(runs: readonly RunRecord[]): void {
    store.setState({ history: { kind: 'ready', runs: newestFirst(runs) } });
  }

  function say(error: unknown): void {
    const problem = problemOf(error, (detail) => ({ kind: 'history-unavailable', detail }));
    store.setState({ problem });
  }

  function lose(problem: Problem): void {
    history = null;
    closedBecause = problem;
    store.setState({ problem });
  }

  async function open(): Promise<void> {
    try {
      const opened = await openHistory(lose);
      show([...shown(), ...(await opened.list())]);
      history = opened;
    } catch (error) {
      closedBecause = problemOf(error, (detail) => ({ kind: 'history-unavailable', detail }));
      store.setState({ history: { kind: 'failed', problem: closedBecause } });
    }
  }

  async function keep(run: RunRecord, picture: RunPicture | null): Promise<void> {
    try {
      if (history === null) {
        unsaved.set(run.id, picture);
        store.setState({ problem: closedBecause });
        return;
      }
      await history.save(run, picture);
      unsaved.delete(run.id);
    } catch (error) {
      unsaved.set(run.id, picture);
      say(error);
    }
  }

  /** After a deletion there may be space for the runs that did not fit. */
  async function keepUnsaved(): Promise<void> {
    for (const [id, picture] of [...unsaved]) {
      const run = shown().find((each) => each.id === id);
      if (run !== undefined) await keep(run, picture);
    }
  }

  const opening = open();
  return {
    async add(run, picture) {
      await opening;
      show([run, ...shown()]);
      await keep(run, picture);
    },
    async addImported(runs) {
      await opening;
      const known = new Set(shown().map(({ id }) => id));
      const added = runs.filter(({ id }) => !known.has(id));
      show([...added, ...shown()]);
      for (const run of added) await keep(run, null);
    },
    find: (id) => shown().find((run) => run.id === id) ?? null,
    async change(id, change) {
      await opening;
      const run = shown().find((each) => each.id === id);
      if (run === undefined) return;
      const changed = { ...run, ...change };
      show(shown().map((each) => (each.id === id ? changed : each)));
      // An unsaved run is later saved with its new name.
      if (unsaved.has(id)) await keep(changed, unsaved.get(id) ?? null);
      else await history?.change(changed).catch(say);
    },
    async remove(ids) {
      await opening;
      const gone = new Set(ids);
      show(shown().filter(({ id }) => !gone.has(id)));
      store.setState({ selected: store.getState().selected.filter((id) => !gone.has(id)) });
      for (const id of ids) unsaved.delete(id);
      if (history === null) return;
      await history.remove(ids).catch(say);
      await keepUnsaved();
    },
    async picture(id) {
      await opening;
      return unsaved.get(id) ?? (await history?.picture(id)) ?? null;
    },
    close() {
      history?.close();
      history = null;
    },
  };
}
