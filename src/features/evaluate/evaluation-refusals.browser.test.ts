import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProblemError } from '../../domain/problems/problem.ts';
import { labCsv } from '../../report/lab-csv.ts';
import { skippedCsv } from '../../report/evaluation-files.ts';
import { decodePicture } from './segment-picture.ts';
import { exportResults, file } from './evaluation-export.ts';
import { createEvaluationSession } from './evaluation-session.ts';
import type { EvaluationSession } from './evaluation-session.types.ts';
import { openEvaluationShelf } from './evaluation-shelf.ts';
import { pictureViewsOf } from './picture-views.ts';
import { CHOICE, testSegmenter, vocFiles } from './testing/evaluation-doubles.ts';

/** What else is measured. */
let elsewhere: 'here' | 'in another tab' | 'nowhere' = 'nowhere';
let name = '';
let session: EvaluationSession;
let ended = 0;
const batch = testSegmenter('truth');

beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
  session = createEvaluationSession({
    plan: {
      now: () => performance.now(),
      date: () => new Date(0),
      userAgent: 'test',
      segscopeVersion: '0',
      openSegmenter: () => Promise.resolve(batch),
      decodePicture,
    },
    newId: () => crypto.randomUUID(),
    openShelf: () => openEvaluationShelf(name),
    suspension: {
      busy: () => elsewhere === 'here',
      begin: () =>
        elsewhere === 'in another tab'
          ? Promise.reject(new ProblemError({ kind: 'measuring-elsewhere' }))
          : Promise.resolve(),
      end() {
        ended++;
        return Promise.resolve();
      },
    },
    catalogueSettled: () => Promise.resolve(),
    pictureViewsOf,
    exportResults: (results, format) => Promise.resolve(exportResults(results, format, new Date(0))),
    exportLab: (rows) => file('lab.csv', 'text/csv', labCsv(rows), new Date(0)),
    exportSkipped: (report, results) =>
      file('skipped.csv', 'text/csv', skippedCsv(report, results), new Date(0)),
  });
});

afterEach(() => {
  session.close();
  indexedDB.deleteDatabase(name);
});

test('an evaluation is refused with one sentence while a run is measured here or in another tab, and begins afterwards', async () => {
  const state = () => session.evaluation.getState();
  const plan = { choices: [CHOICE], list: null, limit: null };
  session.openFolder({ kind: 'files', files: await vocFiles(2) });
  await expect.poll(() => state().dataSet.kind).toBe('ready');
  elsewhere = 'here';
  session.start(plan);
  await expect.poll(() => state().problem).toEqual({ kind: 'measuring-already' });
  expect(state().evaluation.kind).toBe('idle');
  elsewhere = 'in another tab';
  session.start(plan);
  await expect
    .poll(() => state().evaluation)
    .toEqual({ kind: 'failed', problem: { kind: 'measuring-elsewhere' } });
  expect([batch.segmented(), ended]).toEqual([0, 0]);
  elsewhere = 'nowhere';
  session.start(plan);
  await expect.poll(() => state().evaluation.kind, { timeout: 10_000 }).toBe('done');
  expect([batch.segmented(), ended]).toEqual([2, 1]);
});
