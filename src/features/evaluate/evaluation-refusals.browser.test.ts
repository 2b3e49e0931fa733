import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodePixels } from '../../capture/decode-picture.ts';
import { occupy, testJobs } from '../../app/testing/job-doubles.ts';
import { labCsv } from '../../report/lab-csv.ts';
import { skippedCsv } from '../../report/evaluation-files.ts';
import { exportResults, file } from './evaluation-export.ts';
import { createEvaluationSession } from './evaluation-session.ts';
import type { EvaluationSession } from './evaluation-session.types.ts';
import { openEvaluationShelf } from './evaluation-shelf.ts';
import { pictureViewsOf } from './picture-views.ts';
import { CHOICE, testSegmenter, vocFiles } from './testing/evaluation-doubles.ts';

let elsewhere = false;
let name = '';
let session: EvaluationSession;
const log: string[] = [];
const createJob = testJobs({ log, elsewhere: () => elsewhere });
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
      decodePicture: decodePixels,
    },
    newId: () => crypto.randomUUID(),
    openShelf: () => openEvaluationShelf(name),
    createJob,
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

test('refuses an evaluation with one sentence while this or another tab measures a run, and starts it afterwards', async () => {
  const state = () => session.evaluation.getState();
  const plan = { choices: [CHOICE], list: null, limit: null };
  session.openFolder({ kind: 'files', files: await vocFiles(2) });
  await expect.poll(() => state().dataSet.kind).toBe('ready');
  const run = occupy(createJob);
  session.start(plan);
  await expect
    .poll(() => state().evaluation)
    .toEqual({ kind: 'failed', problem: { kind: 'measuring-already' } });
  run.stop();
  await expect.poll(() => log.at(-1)).toBe('live view back');
  log.length = 0;
  elsewhere = true;
  session.start(plan);
  await expect
    .poll(() => state().evaluation)
    .toEqual({ kind: 'failed', problem: { kind: 'measuring-elsewhere' } });
  expect(log).toEqual([]);
  expect(batch.segmented()).toBe(0);
  elsewhere = false;
  session.start(plan);
  await expect.poll(() => state().evaluation.kind, { timeout: 10_000 }).toBe('done');
  expect(batch.segmented()).toBe(2);
  await expect.poll(() => log).toEqual(['live view away', 'live view back']);
});
