import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodePixels } from '../../capture/decode-picture.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import { testJobs } from '../../app/testing/job-doubles.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import { createEvaluationSession, type EvaluationSessionParts } from './evaluation-session.ts';
import { openEvaluationShelf } from './evaluation-shelf.ts';
import { exportResults, file } from './evaluation-export.ts';
import { pictureViewsOf } from './picture-views.ts';
import { labCsv } from '../../report/lab-csv.ts';
import { skippedCsv } from '../../report/evaluation-files.ts';
import * as doubles from './testing/evaluation-doubles.ts';

const plan = { choices: [doubles.CHOICE], list: null, limit: null };

let databases = 0;
let name = '';
let open: { close(): void }[] = [];

beforeEach(() => {
  name = `evaluation-test-${++databases}-${performance.now()}`;
  open = [];
});

afterEach(() => {
  for (const session of open) session.close();
  indexedDB.deleteDatabase(name);
});

/** A session on this test's database; a second call simulates the page after a reload. */
function openSession(
  openSegmenter: EvaluationSessionParts['plan']['openSegmenter'],
  change: Partial<EvaluationSessionParts> = {},
) {
  let ids = 0;
  const session = createEvaluationSession({
    plan: {
      now: () => performance.now(),
      date: () => new Date('2026-11-22T12:00:00Z'),
      userAgent: 'test',
      segscopeVersion: '0',
      openSegmenter,
      decodePicture: decodePixels,
    },
    newId: () => `${name}-${open.length}-${++ids}`,
    openShelf: () => openEvaluationShelf(name),
    createJob: testJobs(),
    pictureViewsOf,
    exportResults: (results, format) => Promise.resolve(exportResults(results, format, new Date(0))),
    exportLab: (rows) => file('lab.csv', 'text/csv', labCsv(rows), new Date(0)),
    exportSkipped: (report, results) =>
      file('skipped.csv', 'text/csv', skippedCsv(report, results), new Date(0)),
    ...change,
  });
  open.push(session);
  return session;
}

type Session = ReturnType<typeof openSession>;

const answering = (segmenter: Segmenter) => () => Promise.resolve(segmenter);
const stateOf = (session: Session) => session.evaluation.getState();
const resultsOf = (session: Session) => {
  const { results } = stateOf(session);
  return results.kind === 'ready' ? results.results : [];
};

async function openFiles(session: Session, files: readonly File[]): Promise<void> {
  session.openFolder({ kind: 'files', files });
  await expect.poll(() => stateOf(session).dataSet.kind).toBe('ready');
}

async function untilDone(session: Session): Promise<void> {
  await expect.poll(() => stateOf(session).evaluation.kind, { timeout: 10_000 }).toBe('done');
}

describe('an evaluation', () => {
  test('scores every pair and keeps the result', async () => {
    const session = openSession(answering(doubles.testSegmenter('background')));
    await openFiles(session, await doubles.vocFiles(5));
    session.start(plan);
    await untilDone(session);
    const [result] = resultsOf(session);
    expect(result?.state).toBe('complete');
    expect(result?.scored).toBe(5);
    // Half of every picture is background, but all of it is predicted as background: background 1/2, person 0.
    expect(result?.figures.meanIou).toEqual({ value: 0.25, low: 0.25, high: 0.25 });
    expect(result?.figures.meanIouAll?.undefinedClasses).toBe(19);
    const after = openSession(answering(doubles.testSegmenter('truth')));
    await expect.poll(() => resultsOf(after).map(({ id }) => id)).toEqual([result?.id]);
  });

  test('skips every unusable file and says why', async () => {
    const files = [
      ...(await doubles.vocFiles(2)),
      await doubles.pictureFile('voc/JPEGImages/wide.png', 9, 6),
      doubles.maskFile('voc/SegmentationClass/wide.png'),
      await doubles.pictureFile('voc/JPEGImages/class.png'),
      doubles.maskFile(
        'voc/SegmentationClass/class.png',
        doubles.HALVES.map(() => 77),
      ),
      doubles.fileAt('voc/JPEGImages/broken.jpg', new Blob(['no picture'])),
      doubles.maskFile('voc/SegmentationClass/broken.png'),
      await doubles.pictureFile('voc/JPEGImages/torn.png'),
      doubles.fileAt('voc/SegmentationClass/torn.png', new Blob(['no mask'])),
      await doubles.pictureFile('voc/JPEGImages/colour.png'),
      await doubles.pictureFile('voc/SegmentationClass/colour.png').then(tinted),
      await doubles.pictureFile('voc/JPEGImages/alone.png'),
    ];
    const session = openSession(answering(doubles.testSegmenter('truth')));
    await openFiles(session, files);
    session.start(plan);
    await untilDone(session);
    const [result] = resultsOf(session);
    expect(result?.scored).toBe(2);
    expect(result?.state).toBe('complete');
    expect(result?.skipped.map((one) => [one.name, one.reason]).sort()).toEqual([
      ['broken', 'unreadable-picture'],
      ['class', 'class-out-of-range'],
      ['colour', 'colour-mask'],
      ['torn', 'unreadable-mask'],
      ['wide', 'size-differs'],
    ]);
    const csv = await session.exportSkipped([result?.id ?? '']).blob.text();
    expect(csv.split('\r\n').filter((line) => line !== '')).toHaveLength(1 + 1 + 5);
    expect(csv).toContain('"The mask ""wide"" has 8 x 6 pixels, its picture 9 x 6."');
  });

  test('scores only the part of a cropped picture that the network saw', async () => {
    const session = openSession(answering(doubles.testSegmenter('background')));
    await openFiles(session, await doubles.vocFiles(2));
    session.start({ ...plan, choices: [{ ...doubles.CHOICE, preprocessing: 'crop' }] });
    await untilDone(session);
    // The middle 6 of 8 columns, all 6 rows.
    const [result] = resultsOf(session);
    expect(result?.matrix.reduce((sum, count) => sum + count, 0)).toBe(2 * 6 * 6);
    expect(result?.figures.pixelAccuracy?.value).toBe(0.5);
  });

  test("compares the labels of one configuration with another's, and exports the comparison", async () => {
    const session = openSession(({ inputSize }) =>
      Promise.resolve(doubles.testSegmenter(inputSize === 513 ? 'truth' : 'background')),
    );
    await openFiles(session, await doubles.vocFiles(3));
    session.start({ ...plan, choices: [doubles.CHOICE, { ...doubles.CHOICE, inputSize: 257 }] });
    await untilDone(session);
    const [truth, background] = [513, 257].map(
      (size) => resultsOf(session).find(({ setup }) => setup.inputSize === size)?.id ?? '',
    );
    expect(await session.labelChange(truth ?? '', background ?? '')).toMatchObject({
      pictures: 3,
      agreement01: 0.5,
      x: { borders: 0 },
    });
    const rows = (await (await session.exportLab(truth ?? '', [background ?? ''])).blob.text())
      .trim()
      .split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^model,.*,agreement,shift_x_px/);
    expect(rows[2]).toContain(',3,0.5,');
  });

  test('keeps the scored pictures when it is cancelled', async () => {
    const batch = doubles.testSegmenter('truth', (picture) => {
      if (picture === 3) session.cancel();
      return Promise.resolve();
    });
    const session = openSession(answering(batch));
    await openFiles(session, await doubles.vocFiles(8));
    session.start(plan);
    await untilDone(session);
    const [result] = resultsOf(session);
    expect(result?.state).toBe('partial');
    expect(result?.scored).toBe(3);
    expect(result?.figures.meanIou?.value).toBe(1);
    expect(stateOf(session).evaluation).toMatchObject({ cancelled: true, resultIds: [result?.id] });
    expect(stateOf(session).unfinished).toBeNull();
  });

  test('pauses after the picture in flight, and resumes', async () => {
    const batch = doubles.testSegmenter('truth', (picture) => {
      if (picture === 2) session.pause();
      return Promise.resolve();
    });
    const session = openSession(answering(batch));
    await openFiles(session, await doubles.vocFiles(4));
    session.start(plan);
    await expect.poll(() => stateOf(session).evaluation.kind).toBe('paused');
    expect(batch.segmented()).toBe(2);
    session.resume();
    await untilDone(session);
    expect(resultsOf(session)[0]?.scored).toBe(4);
  });

  test('resumes at the same picture after a reload, once its folder is open again', async () => {
    let reachThird: () => void = () => undefined;
    const third = new Promise<void>((resolve) => (reachThird = resolve));
    const first = openSession(
      answering(
        doubles.testSegmenter('truth', (picture) => {
          if (picture === 3) reachThird();
          return picture > 3 ? Promise.reject(new Error('The page is gone.')) : Promise.resolve();
        }),
      ),
    );
    const files = await doubles.vocFiles(6);
    await openFiles(first, files);
    first.start(plan);
    await third;
    first.close();
    const keptPictures = async () => {
      const shelf = await openEvaluationShelf(name);
      const kept = await shelf.pictures((await shelf.results())[0]?.id ?? '');
      shelf.close();
      return kept.length;
    };
    await expect.poll(keptPictures).toBe(3);

    const batch = doubles.testSegmenter('truth');
    const second = openSession(answering(batch));
    await expect.poll(() => stateOf(second).unfinished?.done).toBe(3);
    expect(stateOf(second).unfinished?.dataSetMatches).toBe(false);
    await openFiles(second, files);
    await expect.poll(() => stateOf(second).unfinished?.dataSetMatches).toBe(true);
    second.resume();
    await untilDone(second);
    expect(batch.segmented()).toBe(6 - 3);
    expect(resultsOf(second)).toHaveLength(1);
    expect(resultsOf(second)[0]).toMatchObject({ scored: 6, state: 'complete' });
  });

  test('does not resume on different files with the same names', async () => {
    const session = openSession(answering(doubles.testSegmenter('truth')));
    const files = await doubles.vocFiles(3);
    await openFiles(session, files);
    session.start(plan);
    await expect.poll(() => resultsOf(session).length).toBe(1);
    await untilDone(session);
    const shelf = await openEvaluationShelf(name);
    const [result] = resultsOf(session);
    await shelf.setUnfinished({
      plan,
      dataSetName: 'voc',
      mapping: null,
      names: ['p00', 'p01', 'p02'],
      resultIds: [result?.id ?? ''],
      at: 0,
    });
    shelf.close();
    const other = openSession(answering(doubles.testSegmenter('truth')));
    await expect.poll(() => stateOf(other).unfinished?.done).toBe(3);
    const larger = files.map((one) =>
      one.webkitRelativePath.includes('JPEGImages')
        ? doubles.fileAt(one.webkitRelativePath, new Blob([one, 'more']))
        : one,
    );
    await openFiles(other, larger);
    await expect.poll(() => stateOf(other).unfinished?.dataSetMatches).toBe(false);
    other.forgetUnfinished();
    await expect.poll(() => stateOf(other).unfinished).toBeNull();
  });

  test('continues with the next configuration when one fails, and keeps the pictures that one scored', async () => {
    const failing = doubles.testSegmenter('truth', (picture) =>
      picture === 3
        ? Promise.reject(new ProblemError({ kind: 'context-lost', backend: 'webgl' }))
        : Promise.resolve(),
    );
    const batches = [failing, doubles.testSegmenter('truth')];
    const session = openSession(() => Promise.resolve(batches.shift() ?? failing));
    await openFiles(session, await doubles.vocFiles(5));
    session.start({ ...plan, choices: [{ ...doubles.CHOICE, pipeline: 'stock' }, doubles.CHOICE] });
    await untilDone(session);
    expect(stateOf(session).evaluation).toMatchObject({
      failures: [{ at: 0, problem: { kind: 'context-lost', backend: 'webgl' } }],
      cancelled: false,
    });
    expect(
      resultsOf(session)
        .map(({ scored, state }) => [scored, state])
        .sort(),
    ).toEqual([
      [2, 'partial'],
      [5, 'complete'],
    ]);
  });

  test('reports a model that cannot be loaded', async () => {
    const session = openSession(() =>
      Promise.reject(new ProblemError({ kind: 'model-unknown', modelId: 'u-net' })),
    );
    await openFiles(session, await doubles.vocFiles(1));
    session.start(plan);
    await untilDone(session);
    expect(stateOf(session).evaluation).toMatchObject({
      resultIds: [],
      failures: [{ at: 0, problem: { kind: 'model-unknown', modelId: 'u-net' } }],
    });
  });

  test('works without a database, and says that it saves nothing', async () => {
    const session = openSession(answering(doubles.testSegmenter('truth')), {
      openShelf: () =>
        Promise.reject(new ProblemError({ kind: 'evaluation-unkept', detail: 'private window' })),
    });
    await openFiles(session, await doubles.vocFiles(3));
    session.start(plan);
    await untilDone(session);
    expect(resultsOf(session)[0]?.scored).toBe(3);
    expect(stateOf(session).problem).toEqual({ kind: 'evaluation-unkept', detail: 'private window' });
    expect(await session.rankedPictures(resultsOf(session)[0]?.id ?? '', 'worst', 2)).toHaveLength(2);
  });

  test('scores the pictures of a list in order, and only the first ones up to a limit', async () => {
    const session = openSession(answering(doubles.testSegmenter('truth')));
    await openFiles(session, await doubles.vocFiles(4));
    session.start({ ...plan, list: 'val', limit: 2 });
    await untilDone(session);
    expect(resultsOf(session)[0]).toMatchObject({ planned: 2, scored: 2, dataSet: { list: 'val' } });
  });
});

describe('a result', () => {
  async function evaluated(): Promise<Session> {
    const batches = [doubles.testSegmenter('background'), doubles.testSegmenter('truth')];
    const session = openSession(() => Promise.resolve(batches.shift() ?? doubles.testSegmenter('truth')));
    const files = await doubles.vocFiles(3);
    const easy = doubles.maskFile(
      'voc/SegmentationClass/p01.png',
      doubles.HALVES.map(() => 0),
    );
    await openFiles(
      session,
      files.map((one) => (one.webkitRelativePath === easy.webkitRelativePath ? easy : one)),
    );
    session.start({ ...plan, choices: [doubles.CHOICE, { ...doubles.CHOICE, inputSize: 257 }] });
    await untilDone(session);
    return session;
  }

  const idOf = (session: Session, inputSize: number) =>
    resultsOf(session).find(({ setup }) => setup.inputSize === inputSize)?.id ?? '';

  test('lists the pictures behind a cell of its matrix, and its worst and best ones', async () => {
    const session = await evaluated();
    const id = idOf(session, 513);
    expect(await session.picturesBehind(id, 15, 0)).toEqual([
      { name: 'p00', pixels: 24, share01: 0.5 },
      { name: 'p02', pixels: 24, share01: 0.5 },
    ]);
    expect((await session.rankedPictures(id, 'best', 1)).map(({ name }) => name)).toEqual(['p01']);
    expect((await session.rankedPictures(id, 'worst', 2)).map(({ name }) => name)).toEqual(['p00', 'p02']);
  });

  test('shows a picture with its ground truth, prediction and errors', async () => {
    const session = await evaluated();
    const views = await session.pictureViews(idOf(session, 513), 'p00');
    expect([views.width, views.height]).toEqual([8, 6]);
    expect(await colourAt(views.truth, 7, 0)).toEqual([192, 128, 128, 255]);
    expect(await colourAt(views.prediction, 7, 0)).toEqual([0, 0, 0, 255]);
    expect((await colourAt(views.error, 0, 0))[3]).toBe(0);
    expect((await colourAt(views.error, 7, 0))[3]).toBeGreaterThan(0);
    session.closeDataSet();
    await expect(session.pictureViews(idOf(session, 513), 'p00')).rejects.toThrow('p00');
  });

  test('is compared with another over the pictures that both have', async () => {
    const session = await evaluated();
    const comparison = await session.compare(idOf(session, 513), idOf(session, 257));
    expect(comparison).toMatchObject({ pictures: 3, better: 2, equal: 0, worse: 1 });
  });

  test('can be removed with its pictures', async () => {
    const session = await evaluated();
    const id = idOf(session, 257);
    session.removeResults([id]);
    expect(resultsOf(session)).toHaveLength(1);
    await expect(session.rankedPictures(id, 'worst', 1)).rejects.toThrow('gone');
  });

  test('is exported as JSON, CSV and Markdown', async () => {
    const session = await evaluated();
    const ids = resultsOf(session).map(({ id }) => id);
    const texts = await Promise.all(
      (['json', 'csv', 'markdown'] as const).map(async (format) => {
        const [exported] = await session.exportResults(ids, format);
        return (await exported?.blob.text()) ?? '';
      }),
    );
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({ format: 'segscope-evaluation', version: 1 });
    expect(texts[1]?.split('\r\n').filter((line) => line !== '')).toHaveLength(1 + 2 * 21);
    expect(texts[2]).toContain('| person | 66.67 | 66.67 | 2 | 48 | 72 |');
  });
});

describe('a data set', () => {
  test('is refused if it has no picture with a mask', async () => {
    const session = openSession(answering(doubles.testSegmenter('truth')));
    session.openFolder({ kind: 'files', files: [new File(['x'], 'notes.txt')] });
    await expect
      .poll(() => stateOf(session).dataSet)
      .toEqual({
        kind: 'failed',
        problem: { kind: 'dataset-empty', name: 'notes.txt' },
      });
  });

  test('accepts a mapping, and refuses an invalid one', async () => {
    const session = openSession(answering(doubles.testSegmenter('truth')));
    await openFiles(session, await doubles.vocFiles(1));
    session.chooseMapping('cityscapes-label-ids');
    await expect
      .poll(() => stateOf(session).dataSet)
      .toMatchObject({
        report: { mapping: 'Cityscapes label ids' },
      });
    session.chooseMapping(new File(['[]'], 'map.json'));
    await expect.poll(() => stateOf(session).problem?.kind).toBe('mapping-invalid');
  });
});

/** Any colour that VOC does not use. */
async function tinted(picture: File): Promise<File> {
  const canvas = new OffscreenCanvas(doubles.WIDTH, doubles.HEIGHT);
  const context = canvas.getContext('2d');
  if (context !== null) context.fillStyle = 'rgb(10 20 30)';
  context?.fillRect(0, 0, doubles.WIDTH, doubles.HEIGHT);
  return doubles.fileAt(picture.webkitRelativePath, await canvas.convertToBlob({ type: 'image/png' }));
}

async function colourAt(png: Blob, x: number, y: number): Promise<number[]> {
  const pixels = await createImageBitmap(png);
  const context = new OffscreenCanvas(pixels.width, pixels.height).getContext('2d');
  context?.drawImage(pixels, 0, 0);
  return [...(context?.getImageData(x, y, 1, 1).data ?? [])];
}
