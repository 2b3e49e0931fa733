/** The history of runs in the browser's IndexedDB: each run is saved as soon as it is measured. */
import type { LabelMap } from '../../domain/labels/label-map.ts';
import { guarded } from '../../domain/problems/guarded.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import { newestFirst, type RunRecord } from '../../domain/measuring/run.ts';
import { recordedRun, runOf, type RecordedRun } from '../../domain/recorded-setup.ts';
import { historyProblem, inOneTransaction, openRunDatabase, type ReportFrame } from './run-database.ts';

/** One run's labels of the report frame. */
export interface RunPicture {
  readonly frame: ReportFrame;
  readonly labelMap: LabelMap;
}

export interface RunHistory {
  /** Newest first; runs in a format that this Segscope does not know stay untouched. */
  list(): Promise<readonly RunRecord[]>;
  /** Adds or replaces the run and its picture together, or changes nothing. */
  save(run: RunRecord, picture: RunPicture | null): Promise<void>;
  /** Replaces a run and keeps its picture. */
  change(run: RunRecord): Promise<void>;
  /** Removes runs, their pictures, and the report frames that no other run needs. */
  remove(ids: readonly string[]): Promise<void>;
  /** null if the run has none (imported, or ended by a failure). */
  picture(id: string): Promise<RunPicture | null>;
  close(): void;
}

/**
 * @param onLost called once when the browser ends the connection on its own; later calls throw
 * @throws ProblemError history-unavailable, history-blocked; all methods throw these too, and save also history-full
 */
export async function openRunHistory(
  name: string,
  onLost: (problem: Problem) => void = () => undefined,
): Promise<RunHistory> {
  const database = await openRunDatabase(name, onLost);
  return {
    list: () =>
      guarded(historyProblem, async () => {
        const runs = await database.getAll('runs');
        return newestFirst(runs.filter(isKnown).map(runOf));
      }),
    save: (run, picture) =>
      guarded(historyProblem, () =>
        inOneTransaction(database, async ({ runs, pictures, frames }) => {
          await runs.put(recordedRun(run));
          if (picture === null) return;
          const { frame, labelMap } = picture;
          await pictures.put({ runId: run.id, sha256: frame.sha256, labelMap });
          await frames.put(frame);
        }),
      ),
    change: (run) =>
      guarded(historyProblem, async () => {
        await database.put('runs', recordedRun(run));
      }),
    remove: (ids) =>
      guarded(historyProblem, () =>
        inOneTransaction(database, async ({ runs, pictures, frames }) => {
          for (const id of ids) {
            const picture = await pictures.get(id);
            await runs.delete(id);
            await pictures.delete(id);
            if (picture === undefined) continue;
            const users = await pictures.index('sha256').count(picture.sha256);
            if (users === 0) await frames.delete(picture.sha256);
          }
        }),
      ),
    picture: (id) =>
      guarded(historyProblem, async () => {
        const picture = await database.get('pictures', id);
        const frame = picture === undefined ? undefined : await database.get('frames', picture.sha256);
        return picture === undefined || frame === undefined ? null : { frame, labelMap: picture.labelMap };
      }),
    close() {
      database.close();
    },
  };
}

function isKnown(run: RecordedRun): boolean {
  return (run.schemaVersion as number) === 1;
}
