import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Problem } from '../../domain/problems/problem.ts';
import type { RunRecord } from '../../domain/measuring/run.ts';
import { recordedRun } from '../../domain/recorded-setup.ts';
import { makeAgentRun, makeRun } from '../../domain/testing/run-record.ts';
import { openRunDatabase, type ReportFrame } from './run-database.ts';
import { openRunHistory, type RunHistory, type RunPicture } from './run-history.ts';

let name = '';
const opened: { close(): void }[] = [];

beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const each of opened.splice(0)) each.close();
  await deleteDB(name);
});

async function open(): Promise<RunHistory> {
  const history = await openRunHistory(name);
  opened.push(history);
  return history;
}

function runAt(seed: number, startedAt: string): RunRecord {
  return { ...makeRun({ seed }), startedAt };
}

function frame(sha256: string): ReportFrame {
  return { sha256, png: Uint8Array.of(1, 2, 3), width: 4, height: 3, source: 'sample:chelsea' };
}

function picture(sha256: string, label = 7): RunPicture {
  return { frame: frame(sha256), labelMap: { width: 2, height: 1, labels: Uint8Array.of(0, label) } };
}

const ids = async (history: RunHistory) => (await history.list()).map(({ id }) => id);
const [early, late] = [runAt(1, '2026-11-01T08:00:00.000Z'), runAt(2, '2026-11-02T08:00:00.000Z')];

/** Number of stored frames, counted directly in the database. */
async function framesKept(): Promise<number> {
  const database = await openDB(name);
  const count = await database.count('frames');
  database.close();
  return count;
}

describe('the history of runs', () => {
  test('keeps runs unchanged across a reload, newest first', async () => {
    const history = await open();
    await history.save(late, null);
    await history.save(early, null);
    history.close();
    expect(await (await open()).list()).toEqual([late, early]);
  });

  test("keeps each run's labels of the report frame", async () => {
    const history = await open();
    await history.save(early, picture('aa'));
    expect(await history.picture(early.id)).toEqual(picture('aa'));
    expect(await history.picture('unknown')).toBeNull();
  });

  test('stores a report frame once, until the last run that needs it is removed', async () => {
    const history = await open();
    await history.save(early, picture('aa', 7));
    await history.save(late, picture('aa', 8));
    expect(await framesKept()).toBe(1);
    await history.remove([early.id]);
    expect((await history.picture(late.id))?.labelMap.labels[1]).toBe(8);
    expect(await history.picture(early.id)).toBeNull();
    await history.remove([late.id]);
    expect([await ids(history), await framesKept()]).toEqual([[], 0]);
  });

  test('keeps the picture when a name or note changes', async () => {
    const history = await open();
    await history.save(early, picture('aa'));
    await history.change({ ...early, name: 'on the train', notes: 'battery' });
    expect((await history.list())[0]).toMatchObject({ id: early.id, name: 'on the train', notes: 'battery' });
    expect(await history.picture(early.id)).toEqual(picture('aa'));
  });

  test('reads agent runs of an earlier Segscope, which sent only raw frames and recorded no host telemetry', async () => {
    const history = await open();
    const run = makeAgentRun({ host: null });
    const earlier = structuredClone(recordedRun(run));
    Reflect.deleteProperty(earlier, 'host');
    Reflect.deleteProperty(earlier.choice, 'codec');
    const database = await openRunDatabase(name, () => undefined);
    await database.put('runs', earlier);
    database.close();
    expect(await history.list()).toEqual([run]);
  });

  test('leaves runs in a later format alone', async () => {
    const history = await open();
    await history.save({ ...early, schemaVersion: 2 as 1 }, null);
    await history.save(late, null);
    expect(await ids(history)).toEqual([late.id]);
  });

  test('saves nothing of a run when it is full, and keeps the earlier runs', async () => {
    const history = await open();
    await history.save(early, null);
    type Put = (this: IDBObjectStore, value: unknown) => IDBRequest<IDBValidKey>;
    const put = Reflect.get(IDBObjectStore.prototype, 'put') as Put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
    ) {
      if (this.name === 'frames') throw new DOMException('No room.', 'QuotaExceededError');
      return put.call(this, value);
    });
    await expect(history.save(late, picture('aa'))).rejects.toMatchObject({
      problem: { kind: 'history-full' },
    });
    vi.restoreAllMocks();
    expect(await ids(history)).toEqual([early.id]);
    expect(await history.picture(late.id)).toBeNull();
  });

  test('leaves the database of a newer Segscope alone, and says so', async () => {
    (await openRunDatabase(name, () => undefined, 2)).close();
    await expect(openRunHistory(name)).rejects.toMatchObject({
      problem: { kind: 'history-unavailable', detail: 'it was written by a newer Segscope' },
    });
  });

  test('closes for a newer Segscope in another tab, and says so', async () => {
    const lost: Problem[] = [];
    const history = await openRunHistory(name, (problem) => lost.push(problem));
    opened.push(await openRunDatabase(name, () => undefined, 2));
    expect(lost).toMatchObject([{ kind: 'history-unavailable' }]);
    await expect(history.list()).rejects.toMatchObject({ problem: { kind: 'history-unavailable' } });
  });

  test('is blocked while an older Segscope holds the database in another tab, and says so', async () => {
    const older = indexedDB.open(name, 1);
    await new Promise((resolve) => {
      older.onsuccess = resolve;
    });
    await expect(openRunDatabase(name, () => undefined, 2)).rejects.toMatchObject({
      problem: { kind: 'history-blocked' },
    });
    older.result.close();
  });

  test('is unavailable if the browser refuses the database', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    await expect(openRunHistory(name)).rejects.toMatchObject({
      problem: { kind: 'history-unavailable', detail: 'The operation is insecure' },
    });
  });
});
