import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listKeptModels } from './catalogue/browser-store.ts';
import type { ModelDescription } from './catalogue/model-description.ts';
import {
  EVALUATION_DATABASE,
  openEvaluationShelf,
  type RecordedUnfinished,
  type UnfinishedRecord,
} from './features/evaluate/evaluation-shelf.ts';
import type { PictureLabels, PictureRecord } from './features/evaluate/picture-scoring.ts';
import { RUN_DATABASE, type ReportFrame } from './features/runs/run-database.ts';
import { openRunHistory } from './features/runs/run-history.ts';
import {
  evaluationOf,
  evaluationSetupOf,
  runOf,
  type RecordedEvaluation,
  type RecordedRun,
} from './domain/recorded-setup.ts';
import type { LabelMap } from './domain/labels/label-map.ts';

/** A database as some version of Segscope wrote it, with everything that IndexedDB reports about it. */
interface Dump {
  readonly name: string;
  readonly version: number;
  readonly stores: Readonly<Record<string, StoreDump>>;
}

interface StoreDump {
  readonly keyPath: string | null;
  readonly indexes: readonly {
    readonly name: string;
    readonly keyPath: string;
    readonly unique: boolean;
    readonly multiEntry: boolean;
  }[];
  /** By key; typed arrays and maps are objects of one field, `$Uint8Array` for instance. */
  readonly records: readonly (readonly [key: IDBValidKey, value: unknown])[];
}

const golden = async (name: string): Promise<unknown> => (await fetch(`/golden/read/${name}`)).json();

const BUILT = {
  $Uint8Array: (values: readonly number[]) => Uint8Array.from(values),
  $Uint16Array: (values: readonly number[]) => Uint16Array.from(values),
  $Uint32Array: (values: readonly number[]) => Uint32Array.from(values),
  $Map: (entries: readonly (readonly [unknown, unknown])[]) => new Map(entries),
};

async function goldenDatabase(name: string): Promise<Dump> {
  const text = JSON.stringify(await golden(name));
  return JSON.parse(text, (_, value: unknown) => {
    const [[key, content] = []] = Object.entries(Object(value) as object) as [string, never][];
    return key !== undefined && key in BUILT ? BUILT[key as keyof typeof BUILT](content as never) : value;
  }) as Dump;
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('IndexedDB failed.'));
    });
  });
}

/** Uses IndexedDB directly, so that no code of this version is involved. */
async function restore(database: string, { version, stores }: Dump): Promise<void> {
  const request = indexedDB.open(database, version);
  request.addEventListener('upgradeneeded', () => {
    for (const [name, { keyPath, indexes }] of Object.entries(stores)) {
      const store = request.result.createObjectStore(name, { keyPath });
      for (const { name: index, keyPath: path, ...options } of indexes)
        store.createIndex(index, path, options);
    }
  });
  const opened = await done(request);
  const transaction = opened.transaction(Object.keys(stores), 'readwrite');
  await Promise.all(
    Object.entries(stores).flatMap(([name, { keyPath, records }]) =>
      records.map(([key, value]) =>
        done(transaction.objectStore(name).put(value, keyPath === null ? key : undefined)),
      ),
    ),
  );
  opened.close();
}

async function dump(database: string): Promise<Omit<Dump, 'name'>> {
  const opened = await done(indexedDB.open(database));
  const names = Array.from(opened.objectStoreNames);
  const stores = await Promise.all(
    names.map(async (name) => {
      const store = opened.transaction(name).objectStore(name);
      const indexes = Array.from(store.indexNames, (index) => {
        const { keyPath, unique, multiEntry } = store.index(index);
        return { name: index, keyPath, unique, multiEntry };
      });
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done<unknown[]>(store.getAll())]);
      const records = keys.map((key, i) => [key, values[i]] as const);
      return [name, { keyPath: store.keyPath, indexes, records }] as const;
    }),
  );
  const { version } = opened;
  opened.close();
  return { version, stores: Object.fromEntries(stores) as unknown as Dump['stores'] };
}

/** The values of a store, with the type that the test expects. */
const valuesOf = (from: Dump, store: string): readonly unknown[] =>
  from.stores[store]?.records.map(([, value]) => value) ?? [];

let name = '';

beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
});

afterEach(async () => {
  await deleteDB(name);
});

describe('a history of runs of version 1', () => {
  const content = async () => {
    const old = await goldenDatabase('database-runs-1.json');
    const runs = (valuesOf(old, 'runs') as readonly RecordedRun[]).map(runOf);
    const [frame] = valuesOf(old, 'frames') as readonly ReportFrame[];
    if (frame === undefined) throw new Error('The golden file holds no frame.');
    const kept = valuesOf(old, 'pictures') as readonly {
      readonly runId: string;
      readonly labelMap: LabelMap;
    }[];
    const pictures = new Map(kept.map(({ runId, labelMap }) => [runId, { frame, labelMap }]));
    return { old, runs, pictures };
  };

  test('is read with every run and picture', async () => {
    const { old, runs, pictures } = await content();
    await restore(name, old);
    const history = await openRunHistory(name);
    expect(await history.list()).toEqual(runs);
    for (const { id } of runs) expect(await history.picture(id)).toEqual(pictures.get(id) ?? null);
    history.close();
  });

  test('has the format that this page writes', async () => {
    const { old, runs, pictures } = await content();
    const history = await openRunHistory(name);
    for (const run of runs) await history.save(run, pictures.get(run.id) ?? null);
    history.close();
    expect({ name: RUN_DATABASE, ...(await dump(name)) }).toEqual(old);
  });
});

describe('kept evaluations of version 1', () => {
  const content = async () => {
    const old = await goldenDatabase('database-evaluations-1.json');
    const behind = <Value>(store: string, id: string) =>
      (old.stores[store]?.records ?? []).flatMap(([key, value]) =>
        Array.isArray(key) && key[0] === id ? [value as Value] : [],
      );
    const [kept] = valuesOf(old, 'unfinished') as readonly RecordedUnfinished[];
    if (kept === undefined) throw new Error('The golden file holds nothing unfinished.');
    const choices = kept.plan.choices.map(evaluationSetupOf);
    const unfinished: UnfinishedRecord = { ...kept, plan: { ...kept.plan, choices } };
    return {
      old,
      unfinished,
      results: (valuesOf(old, 'results') as readonly RecordedEvaluation[]).map(evaluationOf),
      picturesOf: (id: string) => behind<PictureRecord>('pictures', id),
      labelsOf: (id: string) => behind<PictureLabels>('labels', id),
    };
  };

  test('are read with their pictures, their labels and their unfinished parts', async () => {
    const { old, unfinished, results, picturesOf, labelsOf } = await content();
    await restore(name, old);
    const shelf = await openEvaluationShelf(name);
    expect(await shelf.results()).toEqual([...results].reverse());
    for (const { id } of results) {
      expect(await shelf.pictures(id)).toEqual(picturesOf(id));
      for (const labels of labelsOf(id)) expect(await shelf.labels(id, labels.name)).toEqual(labels);
    }
    expect(await shelf.unfinished()).toEqual(unfinished);
    shelf.close();
  });

  test('have the format that this page writes', async () => {
    const { old, unfinished, results, picturesOf, labelsOf } = await content();
    const shelf = await openEvaluationShelf(name);
    for (const result of results) {
      const labels = labelsOf(result.id);
      const pictures = picturesOf(result.id).map((record, i) => [record, labels[i]] as const);
      await shelf.save(result, pictures as readonly (readonly [PictureRecord, PictureLabels])[]);
    }
    await shelf.setUnfinished(unfinished);
    shelf.close();
    expect({ name: EVALUATION_DATABASE, ...(await dump(name)) }).toEqual(old);
  });
});

test('a kept model of version 1 is found in its original folder', async () => {
  const descriptions = (await golden('kept-models.json')) as readonly ModelDescription[];
  const description = descriptions.find(({ entry }) => entry.folder === 'coral');
  if (description === undefined) throw new Error('The golden file holds no such model.');
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
  const write = async (path: string, content: string) => {
    const models = await root.getDirectoryHandle('models', { create: true });
    const folder = await models.getDirectoryHandle('coral', { create: true });
    const stream = await (await folder.getFileHandle(path, { create: true })).createWritable();
    await stream.write(content);
    await stream.close();
  };
  const { files } = description.entry;
  for (const { path, bytes } of files) await write(path, '.'.repeat(bytes));
  await write('segscope-model.json', JSON.stringify(description));
  expect(await listKeptModels(root)).toEqual([{ folder: 'coral', files, described: description.entry }]);
  await (await navigator.storage.getDirectory()).removeEntry(name, { recursive: true });
});
