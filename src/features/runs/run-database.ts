/** The database behind the history: its stores, its transactions, and how its errors are reported to users. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { LabelMap } from '../../domain/labels/label-map.ts';
import { guarded } from '../../domain/problems/guarded.ts';
import { ProblemError, type Problem } from '../../domain/problems/problem.ts';
import type { RecordedRun } from '../../domain/recorded-setup.ts';

/** The frame that every configuration of a plan segments at its end, for reports. */
export interface ReportFrame {
  /** Hash of the PNG, 64 lower-case hex digits: equal for equal pictures. */
  readonly sha256: string;
  readonly png: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** The source of the frame, as written in reports. */
  readonly source: string;
}

export interface RunDatabaseSchema extends DBSchema {
  runs: { key: string; value: RecordedRun };
  pictures: {
    key: string;
    value: { readonly runId: string; readonly sha256: string; readonly labelMap: LabelMap };
    indexes: { sha256: string };
  };
  frames: { key: string; value: ReportFrame };
}

/** The page's database name; under another name, users would lose their runs. */
export const RUN_DATABASE = 'segscope.runs';
/** Increases with every change of the schema. */
const VERSION = 1;

/**
 * @param onLost called once when the connection ends on its own; later calls throw
 * @param version of the schema; only tests pass another one, to simulate a different Segscope version
 * @throws ProblemError history-unavailable, history-blocked
 */
export async function openRunDatabase(
  name: string,
  onLost: (problem: Problem) => void,
  version = VERSION,
): Promise<IDBPDatabase<RunDatabaseSchema>> {
  let blocked = false;
  let block: (error: Error) => void = () => undefined;
  const blocking = new Promise<never>((_, reject) => (block = reject));
  const opening = guarded(historyProblem, () =>
    openDB<RunDatabaseSchema>(name, version, {
      upgrade(database, oldVersion) {
        if (oldVersion > 0) return;
        database.createObjectStore('runs', { keyPath: 'id' });
        database.createObjectStore('pictures', { keyPath: 'runId' }).createIndex('sha256', 'sha256');
        database.createObjectStore('frames', { keyPath: 'sha256' });
      },
      blocked() {
        blocked = true;
        block(new ProblemError({ kind: 'history-blocked' }));
      },
      // A newer Segscope in another tab waits for this connection, so close it.
      blocking(_current, _next, event) {
        (event.target as IDBDatabase).close();
        onLost({ kind: 'history-unavailable', detail: 'a newer Segscope was opened in another tab' });
      },
      terminated() {
        onLost({ kind: 'history-unavailable', detail: 'the browser closed it' });
      },
    }),
  );
  void opening.then(
    (database) => {
      // Too late: the caller has already received history-blocked.
      if (blocked) database.close();
    },
    () => undefined,
  );
  return Promise.race([opening, blocking]);
}

const STORES = ['runs', 'pictures', 'frames'] as const;

function storesOf(transaction: IDBPTransaction<RunDatabaseSchema, typeof STORES, 'readwrite'>) {
  return {
    runs: transaction.objectStore('runs'),
    pictures: transaction.objectStore('pictures'),
    frames: transaction.objectStore('frames'),
  };
}

/** Does all of the work or none of it. */
export async function inOneTransaction(
  database: IDBPDatabase<RunDatabaseSchema>,
  work: (stores: ReturnType<typeof storesOf>) => Promise<void>,
): Promise<void> {
  const transaction = database.transaction(STORES, 'readwrite');
  const done = transaction.done.catch((error: unknown) => {
    // A full disk is reported here; the request itself only gets an AbortError.
    throw transaction.error ?? error;
  });
  try {
    await work(storesOf(transaction));
  } catch (error) {
    if (transaction.error === null) abortQuietly(transaction);
    await done.catch(() => undefined);
    throw transaction.error ?? error;
  }
  await done;
}

function abortQuietly(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has already ended.
  }
}

/** Firefox and Safari wrap a full disk in an AbortError or UnknownError whose message names the quota. */
export function historyProblem(message: string, error: unknown): Problem {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError' || /quota|disk/i.test(message)) return { kind: 'history-full' };
  if (name === 'VersionError') {
    return { kind: 'history-unavailable', detail: 'it was written by a newer Segscope' };
  }
  return { kind: 'history-unavailable', detail: message === '' ? name : message.replace(/\.$/, '') };
}
