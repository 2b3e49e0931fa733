import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readGolden, readGoldenJson } from '../../scripts/testing/golden.ts';
import { recordedRun } from '../domain/recorded-setup.ts';
import { runsJsonSchema } from './runs-json-schema.ts';
import { parseRunsJson, runsJson } from './runs-json.ts';

const FILE = 'runs-1.json';
const file = readGoldenJson(FILE) as { readonly exportedAt: string; readonly runs: unknown };

test('reads a file of version 1 to the last digit', () => {
  expect(parseRunsJson(readGolden(FILE)).map(recordedRun)).toEqual(file.runs);
});

test('exports a file of version 1 again as the same bytes', () => {
  const runs = parseRunsJson(readGolden(FILE));
  expect(runsJson(runs, new Date(file.exportedAt))).toBe(readGolden(FILE));
});

test('gives defaults to a file of version 1 from before class lists, codecs and machine readings', () => {
  const runs = parseRunsJson(readGolden('runs-1-without-later-fields.json'));
  expect(runs.map(recordedRun)).toEqual(readGoldenJson('runs-1-without-later-fields.read.json'));
});

test('the published schema of version 1 never changes', () => {
  const schema = readGolden('segscope-runs-1.schema.json');
  expect(readFileSync('public/schema/segscope-runs-1.json', 'utf8')).toBe(schema);
  expect(runsJsonSchema()).toBe(schema);
});
