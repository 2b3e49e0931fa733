import { describe, expect, test } from 'vitest';
import { ProblemError, describeProblem } from '../domain/problems/problem.ts';
import { REPLAY_KEY, type RunRecord } from '../domain/measuring/run.ts';
import { makeAgentRun, makeDoubleRun, makeRun, NO_EVENTS } from '../domain/testing/run-record.ts';
import { reportTables } from './report-tables.ts';
import { parseRunsJson, runsJson } from './runs-json.ts';

const DATE = new Date('2026-11-22T15:00:00Z');
const runs: readonly RunRecord[] = [
  makeRun({ seed: 1, sourcePictures: { unique: 60, skipped: 3 }, notes: 'on the "desk"\n' }),
  makeRun({ seed: 2, events: { ...NO_EVENTS, endedEarly: 'cancelled' }, outputStride: null }),
  makeRun({ seed: 3, frames: 0 }),
  makeAgentRun({ seed: 4, codec: 'jpeg85' }),
  makeDoubleRun({ seed: 5 }),
];

/** The export of one run, changed as JSON. */
function changed(change: (file: FileJson) => unknown): string {
  const file = JSON.parse(runsJson([makeRun()], DATE)) as FileJson;
  return JSON.stringify(change(file) ?? file);
}
type Json = Record<string, unknown>;
type FileJson = Json & { runs: [Json & Record<keyof RunRecord, Json>] };

function problemOfImport(text: string) {
  try {
    parseRunsJson(text);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('It was read without complaint.');
}

describe('an export imported again', () => {
  test('gives the same runs, to the last digit', () =>
    expect(parseRunsJson(runsJson(runs, DATE))).toEqual(runs));

  test('gives the same tables', () =>
    expect(reportTables(parseRunsJson(runsJson(runs, DATE)))).toEqual(reportTables(runs)));

  test('gives the same file when exported again', () => {
    const once = runsJson(runs, DATE);
    expect(runsJson(parseRunsJson(once), DATE)).toBe(once);
  });

  test('gets the VOC list if it comes from a Segscope that knew only VOC', () => {
    const older = runsJson(runs, DATE).replaceAll(/ *"classList": "voc",\n/g, '');
    expect(older).not.toContain('classList');
    expect(parseRunsJson(older)).toEqual(runs);
  });

  test('gets raw frames and no readings if it comes from a Segscope without codecs and machine readings', () => {
    const newer = [makeRun({ seed: 1 }), makeAgentRun({ seed: 4, host: null })];
    const file = JSON.parse(runsJson(newer, DATE)) as { runs: Json[] };
    for (const run of file.runs) {
      Reflect.deleteProperty(run, 'host');
      Reflect.deleteProperty(run['choice'] as Json, 'codec');
    }
    const older = JSON.stringify(file);
    expect(older).not.toMatch(/"(host|codec)"/);
    expect(parseRunsJson(older)).toEqual(newer);
  });

  test('may contain no runs', () => expect(parseRunsJson(runsJson([], DATE))).toEqual([]));
});

describe('a file that is no such export', () => {
  test.each([
    ['what is not JSON', 'run,n\r\na,20', 'it is not JSON'],
    ['half of an export', runsJson(runs, DATE).slice(0, 5000), 'it is not JSON'],
    ['foreign JSON', '{"models": []}', 'format'],
    ['a bare list', '[]', 'expected object'],
    ['null', 'null', 'expected object'],
  ])('refuses %s', (_, text, words) => {
    const problem = problemOfImport(text);
    expect(problem.kind).toBe('runs-invalid');
    expect(describeProblem(problem).sentence).toContain(words);
  });

  test.each<[string, (file: FileJson) => unknown]>([
    [
      'runs[0].name',
      ({ runs: [run] }) => {
        Object.assign(run, { name: 5 });
      },
    ],
    [
      'runs[0].configuration.segmenter.backend',
      ({ runs: [run] }) => {
        Object.assign(run.configuration['segmenter'] as Json, { backend: 'cuda' });
      },
    ],
    [
      'runs[0].columns.inference[3]',
      ({ runs: [run] }) => {
        (run.columns['inference'] as number[])[3] = -1;
      },
    ],
    [
      'runs[0].columns.paint: has 19 values where "frame" has 20',
      ({ runs: [run] }) => {
        (run.columns['paint'] as number[]).pop();
      },
    ],
    [
      'runs[0].validity.valid: contradicts the checks',
      ({ runs: [run] }) => {
        Object.assign(run.validity, { valid: false });
      },
    ],
    [
      'runs[0].validity.checks: must be target-reached',
      ({ runs: [run] }) => {
        (run.validity['checks'] as unknown[]).reverse();
      },
    ],
    [
      'runs[0].configuration.segmenter.files[0].sha256',
      ({ runs: [run] }) => {
        Object.assign((run.configuration['segmenter'] as { files: [Json] }).files[0], { sha256: 'AB' });
      },
    ],
    [
      'runs[1].id: "00000000-0000-4000-8000-000000000001" is there twice',
      ({ runs: both }) => {
        both.push(structuredClone(both[0]));
      },
    ],
  ])('names the field: %s', (words, change) => {
    const problem = problemOfImport(changed((file) => change(file)));
    expect(problem).toMatchObject({ kind: 'runs-invalid', detail: expect.stringContaining(words) as string });
  });

  test.each<[string, (file: FileJson) => Json]>([
    ['the file', (file) => file],
    ['a run', ({ runs: [run] }) => run],
    ['a configuration', ({ runs: [run] }) => run.configuration],
    ['the columns', ({ runs: [run] }) => run.columns],
  ])('refuses an unknown field by name, in %s', (_, place) => {
    const text = changed((file) => {
      Object.assign(place(file), { powerWatts: 3.1 });
    });
    expect(problemOfImport(text)).toMatchObject({
      detail: expect.stringContaining('"powerWatts"') as string,
    });
  });

  test('names a missing field', () => {
    const text = changed(({ runs: [run] }) => {
      Reflect.deleteProperty(run, 'cold');
    });
    expect(problemOfImport(text)).toMatchObject({
      detail: expect.stringContaining('runs[0].cold') as string,
    });
  });
});

describe('a file of a newer format', () => {
  test('is refused with its version, whatever its content', () => {
    const text = '{"format": "segscope-runs", "version": 2, "measurements": []}';
    expect(problemOfImport(text)).toEqual({ kind: 'runs-newer', version: '2' });
  });

  test.each([0, 1.5, '1', null])('refuses version %j as invalid', (version) => {
    const text = JSON.stringify({ format: 'segscope-runs', version, runs: [] });
    expect(problemOfImport(text)).toMatchObject({
      kind: 'runs-invalid',
      detail: expect.stringMatching(/^version/) as string,
    });
  });
});

test('reads the length of a replay, which version 1 stores only in the label of its source, from that label', () => {
  const made = makeRun({ seed: 1 });
  const replayed = {
    ...made,
    sourceKey: REPLAY_KEY,
    configuration: { ...made.configuration, source: 'replay of 48 frames, camera: HD' },
  };
  const text = runsJson([{ ...replayed, replayFrames: 48 }], new Date(0));
  expect(text).toBe(runsJson([replayed], new Date(0)));
  expect(text).not.toContain('replayFrames');
  expect(parseRunsJson(text)).toEqual([{ ...replayed, replayFrames: 48 }]);
});
