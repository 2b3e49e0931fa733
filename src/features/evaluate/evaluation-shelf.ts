/** Keeps results, their pictures and the unfinished evaluation in the browser's IndexedDB. */
import { openDB, type DBSchema } from 'idb';
import { newestFirst } from '../../domain/measuring/run.ts';
import type { EvaluationPlan, EvaluationResult } from '../../domain/accuracy/evaluation.ts';
import { guarded } from '../../domain/problems/guarded.ts';
import { problemOf, type Problem } from '../../domain/problems/problem.ts';
import {
  evaluationOf,
  evaluationSetupOf,
  recordedEvaluation,
  recordedEvaluationChoice,
  type RecordedEvaluation,
  type RecordedEvaluationChoice,
} from '../../domain/recorded-setup.ts';
import type { MaskMapping } from '../../evaluation/mask-mapping.ts';
import type { PictureLabels, PictureRecord } from './picture-scoring.ts';

/** The data that resume() needs after the page was closed. */
export interface UnfinishedRecord {
  readonly plan: EvaluationPlan;
  readonly dataSetName: string;
  readonly mapping: MaskMapping | null;
  /** For the pictures of the plan, in its order. */
  readonly names: readonly string[];
  /** One per choice, in the plan's order, including choices that have not started. */
  readonly resultIds: readonly string[];
  /** Index of the current choice. */
  readonly at: number;
}

export interface EvaluationShelf {
  /** Newest first; results in a format that this Segscope does not know stay untouched. */
  results(): Promise<readonly EvaluationResult[]>;
  /** In scoring order. */
  pictures(resultId: string): Promise<readonly PictureRecord[]>;
  labels(resultId: string, name: string): Promise<PictureLabels | null>;
  /** Replaces an earlier state of the result and adds the pictures: all or nothing. */
  save(
    result: EvaluationResult,
    pictures: readonly (readonly [PictureRecord, PictureLabels])[],
  ): Promise<void>;
  remove(resultIds: readonly string[]): Promise<void>;
  unfinished(): Promise<UnfinishedRecord | null>;
  setUnfinished(record: UnfinishedRecord | null): Promise<void>;
  close(): void;
}

/** As stored in the database. */
export interface RecordedUnfinished extends Omit<UnfinishedRecord, 'plan'> {
  readonly plan: Omit<EvaluationPlan, 'choices'> & { readonly choices: readonly RecordedEvaluationChoice[] };
}

interface Schema extends DBSchema {
  results: { key: string; value: RecordedEvaluation };
  pictures: { key: [string, number]; value: PictureRecord };
  labels: { key: [string, string]; value: PictureLabels };
  unfinished: { key: string; value: RecordedUnfinished };
}

/** The page's database name; under another name, users would lose their results. */
export const EVALUATION_DATABASE = 'segscope.evaluations';
const VERSION = 1;
const CURRENT = 'current';

/** @throws ProblemError evaluation-unkept; its methods throw that too, and evaluation-unreadable */
export async function openEvaluationShelf(name: string): Promise<EvaluationShelf> {
  const database = await writing(() =>
    openDB<Schema>(name, VERSION, {
      upgrade(created) {
        created.createObjectStore('results', { keyPath: 'id' });
        created.createObjectStore('pictures');
        created.createObjectStore('labels');
        created.createObjectStore('unfinished');
      },
      // A newer Segscope in another tab waits for this connection, so close it.
      blocking(_current, _next, event) {
        (event.target as IDBDatabase).close();
      },
    }),
  );
  const behind = (resultId: string) => IDBKeyRange.bound([resultId], [resultId, []]);
  return {
    results: () =>
      reading(async () => {
        const results = await database.getAll('results');
        const known = results.filter(({ schemaVersion }) => (schemaVersion as number) === 1);
        return newestFirst(known.map(evaluationOf));
      }),
    pictures: (resultId) => reading(() => database.getAll('pictures', behind(resultId))),
    labels: (resultId, picture) =>
      reading(async () => (await database.get('labels', [resultId, picture])) ?? null),
    save: (result, pictures) =>
      writing(async () => {
        const transaction = database.transaction(['results', 'pictures', 'labels'], 'readwrite');
        const before = result.scored - pictures.length;
        await Promise.all([
          transaction.objectStore('results').put(recordedEvaluation(result)),
          ...pictures.flatMap(([record, labels], i) => [
            transaction.objectStore('pictures').put(record, [result.id, before + i]),
            transaction.objectStore('labels').put(labels, [result.id, record.name]),
          ]),
          transaction.done,
        ]);
      }),
    remove: (resultIds) =>
      writing(async () => {
        const transaction = database.transaction(['results', 'pictures', 'labels'], 'readwrite');
        await Promise.all([
          ...resultIds.flatMap((id) => [
            transaction.objectStore('results').delete(id),
            transaction.objectStore('pictures').delete(behind(id)),
            transaction.objectStore('labels').delete(behind(id)),
          ]),
          transaction.done,
        ]);
      }),
    unfinished: () =>
      reading(async () => {
        const record = await database.get('unfinished', CURRENT);
        if (record === undefined) return null;
        return { ...record, plan: { ...record.plan, choices: record.plan.choices.map(evaluationSetupOf) } };
      }),
    setUnfinished: (record) =>
      writing(async () => {
        if (record === null) return database.delete('unfinished', CURRENT);
        const choices = record.plan.choices.map(recordedEvaluationChoice);
        await database.put('unfinished', { ...record, plan: { ...record.plan, choices } }, CURRENT);
      }),
    close() {
      database.close();
    },
  };
}

/** If the browser has no storage, results stay until the page closes, and the page says so. */
export async function openShelfOrRemember(
  openShelf: () => Promise<EvaluationShelf>,
  say: (problem: Problem) => void,
): Promise<EvaluationShelf> {
  try {
    return await openShelf();
  } catch (error) {
    say(problemOf(error, (detail) => ({ kind: 'evaluation-unkept', detail })));
    return createMemoryShelf();
  }
}

/** For browsers without storage: the same interface, until the page closes. */
function createMemoryShelf(): EvaluationShelf {
  const kept = new Map<string, { result: EvaluationResult; pictures: PictureRecord[] }>();
  const labels = new Map<string, PictureLabels>();
  let unfinished: UnfinishedRecord | null = null;
  const labelKey = (resultId: string, name: string) => `${resultId}/${name}`;
  return {
    results: () => Promise.resolve(newestFirst([...kept.values()].map(({ result }) => result))),
    pictures: (resultId) => Promise.resolve(kept.get(resultId)?.pictures ?? []),
    labels: (resultId, name) => Promise.resolve(labels.get(labelKey(resultId, name)) ?? null),
    save(result, pictures) {
      const before = kept.get(result.id)?.pictures ?? [];
      kept.set(result.id, { result, pictures: [...before, ...pictures.map(([record]) => record)] });
      for (const [record, map] of pictures) labels.set(labelKey(result.id, record.name), map);
      return Promise.resolve();
    },
    remove(resultIds) {
      for (const id of resultIds) {
        for (const { name } of kept.get(id)?.pictures ?? []) labels.delete(labelKey(id, name));
        kept.delete(id);
      }
      return Promise.resolve();
    },
    unfinished: () => Promise.resolve(unfinished),
    setUnfinished(record) {
      unfinished = record;
      return Promise.resolve();
    },
    close: () => undefined,
  };
}

const why = (detail: string) => detail.replace(/\.$/, '') || 'IndexedDB failed';
const unkept = (detail: string): Problem => ({ kind: 'evaluation-unkept', detail: why(detail) });
const unreadable = (detail: string): Problem => ({
  kind: 'evaluation-unreadable',
  what: 'kept result',
  detail: why(detail),
});

const writing = <T>(work: () => Promise<T>) => guarded(unkept, work);
const reading = <T>(work: () => Promise<T>) => guarded(unreadable, work);
