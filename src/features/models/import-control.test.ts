import { describe, expect, test } from 'vitest';
import type { CatalogueEntry } from '../../catalogue/catalogue.ts';
import { createImportStore } from './import-store.ts';
import { createSessionStore } from '../../app/session-store.ts';
import type { ImportAnswer, ImportRequest } from '../../worker/import-messages.ts';
import { createImportControl, nameOf, type ImportParts, type PickedFile } from './import-control.ts';

const REPORT = {
  found: [],
  folded: [],
  nodesBefore: 3,
  nodesAfter: 2,
  weightBytes: 4,
  multiplyAdds: null,
  sourceFiles: [],
};
const CONVERTED: ImportAnswer = {
  kind: 'converted',
  runtime: 'tfjs',
  storages: ['float32', 'float16', 'uint8'],
  report: REPORT,
};
const ENTRY = { id: 'own-mine', folder: 'own-mine', name: 'mine' } as CatalogueEntry;

const picked = (...paths: string[]): PickedFile[] =>
  paths.map((path) => ({ path, file: new File(['x'], path) }));

/** Everything around the control, with a worker that answers only when the test says so. */
function setUp(change: Partial<ImportParts> = {}) {
  const workers: {
    readonly requests: ImportRequest[];
    answer: (answer: ImportAnswer) => void;
    crash: () => void;
    ended: boolean;
  }[] = [];
  const told: string[] = [];
  const session = createSessionStore(true);
  const store = createImportStore();
  const control = createImportControl({
    store,
    session,
    library: {
      refresh: () => Promise.resolve(void told.push('refreshed')),
      catalogued: () => null,
    },
    kept: {
      list: () => Promise.resolve([]),
      addForPage: ({ id }) => told.push(`page only ${id}`),
      remove: (folder) => {
        told.push(`removed ${folder}`);
        return Promise.resolve();
      },
      missing: () => Promise.resolve([]),
    },
    notices: {
      problem: ({ kind }) => told.push(kind),
      info: () => 0,
      dismiss: () => undefined,
    },
    openLink(onAnswer, onCrash) {
      const worker = {
        requests: [] as ImportRequest[],
        answer: onAnswer,
        crash: () => onCrash({ kind: 'worker-crashed', detail: 'out of memory' }),
        ended: false,
      };
      workers.push(worker);
      return {
        request: (request) => worker.requests.push(request),
        end() {
          worker.ended = true;
        },
      };
    },
    golden: { url: 'http://localhost/samples/chelsea.jpg', name: 'Chelsea the cat' },
    startModel: (id) => told.push(`started ${id}`),
    fallbackModelId: 'embedded',
    persist: () => Promise.resolve(told.push('persisted')),
    ...change,
  });
  const last = () => {
    const worker = workers.at(-1);
    if (worker === undefined) throw new Error('No worker was opened.');
    return worker;
  };
  return { control, session, told, workers, last, current: () => store.getState().current };
}

describe('an import', () => {
  test('is converted in its own worker and started once it is stored', async () => {
    const { control, told, last, current } = setUp();
    control.convert(picked('mine.pb'));
    expect(last().requests[0]).toMatchObject({ kind: 'convert', name: 'mine' });
    last().answer({ kind: 'progressed', phase: 'Folding', done01: 0.5 });
    expect(current()).toEqual({ kind: 'working', name: 'mine', phase: 'Folding', done01: 0.5 });
    last().answer(CONVERTED);
    control.chooseWeights('float16');
    control.use();
    expect(last().requests[1]).toMatchObject({ kind: 'keep', weights: 'float16', folder: null });
    last().answer({ kind: 'kept', entry: ENTRY, pageOnly: null });
    await expect.poll(() => told).toEqual(['persisted', 'refreshed', 'started own-mine']);
    expect(current()).toEqual({ kind: 'idle' });
    expect(last().ended).toBe(true);
  });

  test('shows the measured effect of each way to store the weights', () => {
    const { control, last, current } = setUp();
    control.convert(picked('mine.pb'));
    last().answer(CONVERTED);
    const base = { kind: 'checked', bytes: 4, frameMs: 20 } as const;
    last().answer({ ...base, weights: 'float32', agreement01: 1, reason: '' });
    last().answer({ ...base, weights: 'uint8', agreement01: null, reason: 'no memory' });
    expect(current()).toMatchObject({
      storages: [
        { weights: 'float32', measured: { kind: 'measured', agreement01: 1 } },
        { weights: 'float16', measured: { kind: 'waiting' } },
        { weights: 'uint8', measured: { kind: 'unmeasured', reason: 'no memory' } },
      ],
    });
  });

  test('shows the published graph once it is measured, and checks until the worker has checked everything', () => {
    const { control, last, current } = setUp();
    control.convert(picked('mine.pb'));
    last().answer(CONVERTED);
    last().answer({ kind: 'published-measured', frameMs: 80, inputSize: 513 });
    expect(current()).toMatchObject({ published: { frameMs: 80, inputSize: 513 }, checking: true });
    last().answer({ kind: 'all-checked' });
    expect(current()).toMatchObject({ published: { frameMs: 80, inputSize: 513 }, checking: false });
  });

  test('ends its worker when it is cancelled, and ignores later answers', () => {
    const { control, last, current } = setUp();
    control.convert(picked('mine.pb'));
    control.cancel();
    last().answer(CONVERTED);
    expect(last().ended).toBe(true);
    expect(current()).toEqual({ kind: 'idle' });
  });

  test('is replaced by the next one', () => {
    const { control, workers, current } = setUp();
    control.convert(picked('mine.pb'));
    control.convert(picked('other.pb'));
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
    workers[0]?.answer(CONVERTED);
    expect(current()).toMatchObject({ kind: 'working', name: 'other' });
  });

  test.each([
    ['a bad file', { kind: 'import-damaged', fileName: 'mine.pb', detail: 'it ends' }],
    ['a server that refuses', { kind: 'download-forbidden', host: 'a.example', modelId: 'b' }],
  ] as const)('fails on %s with its problem, and ends its worker', (_, problem) => {
    const { control, last, current } = setUp();
    control.convert(picked('mine.pb'));
    last().answer({ kind: 'failed', problem });
    expect(current()).toEqual({ kind: 'failed', name: 'mine', problem });
    expect(last().ended).toBe(true);
  });

  test('fails when its worker crashes, even after the conversion', () => {
    const { control, last, current } = setUp();
    control.convert(picked('mine.pb'));
    last().answer(CONVERTED);
    last().crash();
    expect(current()).toMatchObject({ kind: 'failed', problem: { kind: 'worker-crashed' } });
  });

  test('survives a full storage: it can be stored after something is deleted', () => {
    const { control, last, current } = setUp();
    control.convert(picked('mine.pb'));
    last().answer(CONVERTED);
    control.use();
    last().answer({ kind: 'failed', problem: { kind: 'models-full', megabytes: 9 } });
    expect(current()).toMatchObject({
      kind: 'converted',
      keeping: false,
      keepProblem: { kind: 'models-full' },
    });
    control.use();
    expect(last().requests.filter(({ kind }) => kind === 'keep')).toHaveLength(2);
  });

  test('also runs without storage, and says that it lasts as long as the page', async () => {
    const { control, told, last } = setUp();
    control.convert(picked('mine.pb'));
    last().answer(CONVERTED);
    control.use();
    last().answer({ kind: 'kept', entry: ENTRY, pageOnly: { reason: 'private window', files: [] } });
    await expect
      .poll(() => told)
      .toEqual(['page only own-mine', 'models-unavailable', 'refreshed', 'started own-mine']);
  });
});

describe('deleting a kept model', () => {
  test('first starts the embedded one if the deleted model is running', async () => {
    const { control, told, session } = setUp();
    session.setState({ wanted: { ...session.getState().wanted, modelId: 'own-mine' } });
    control.remove('own-mine');
    await expect.poll(() => told).toEqual(['started embedded', 'removed own-mine', 'refreshed']);
  });

  test('does not touch another model that is running', async () => {
    const { control, told } = setUp();
    control.remove('own-mine');
    await expect.poll(() => told).toEqual(['removed own-mine', 'refreshed']);
  });
});

describe('the name of an import', () =>
  test.each([
    [['deeplabv3_mnv2_pascal_trainval_2018_01_29.tar.gz'], 'deeplabv3_mnv2_pascal_trainval_2018_01_29'],
    [['deeplabv3_257_mv_gpu.tflite'], 'deeplabv3_257_mv_gpu'],
    [['export/frozen_inference_graph.pb'], 'export'],
    [['frozen_inference_graph.pb'], 'frozen_inference_graph'],
    [['mine/group1-shard1of1', 'mine/model.json'], 'mine'],
    [['model.json', 'group1-shard1of1.bin'], 'model'],
  ])('of %j is %s', (paths, name) => expect(nameOf(picked(...paths))).toBe(name)));
