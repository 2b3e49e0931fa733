/** The database behind the history: its stores, its transactions, and what its errors mean to a person. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { LabelMap } from '../../domain/labels/label-map.ts';
import { guarded } from '../../domain/problems/guarded.ts';
import { ProblemError, type Problem } from '../../domain/problems/problem.ts';
import type { RecordedRun } from '../../domain/recorded-setup.ts';

/** The one frame that every configuration of a plan segments at its end, for reports. */
export interface ReportFrame {
  /** Of the PNG, 64 lower-case hex digits: equal for equal pictures. */
  readonly sha256: string;
  readonly png: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** The source that it was taken from, as written into reports. */
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

/** Of the page; under another name nobody finds their runs again. */
export const RUN_DATABASE = 'segscope.runs';
/** Rises with every change of the schema. */
const VERSION = 1;

/**
 * @param onLost called once when the connection ends on its own; what follows throws
 * @param version of the schema; another than this page's own only where tests play another Segscope
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
      // A newer Segscope in another tab waits for this connection: let it go on.
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
      // Too late: whoever asked was told that it is blocked.
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

/** All of the work or nothing of it. */
export async function inOneTransaction(
  database: IDBPDatabase<RunDatabaseSchema>,
  work: (stores: ReturnType<typeof storesOf>) => Promise<void>,
): Promise<void> {
  const transaction = database.transaction(STORES, 'readwrite');
  const done = transaction.done.catch((error: unknown) => {
    // A full disk shows itself here, while the request only hears that it was aborted.
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
    // It has ended already.
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
