import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../domain/measuring/run.ts';
import { makeRun, NO_EVENTS } from '../domain/testing/run-record.ts';
import { checksumFile, dataAddress, reportBundle } from './bundle.ts';
import { parseRunsJson } from './runs-json.ts';
import { parseCsv } from './testing/delimited.ts';

const DATE = new Date('2026-11-22T15:00:00Z');
const bytes = (words: string) => new TextEncoder().encode(words);
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const unzip = has('unzip', '-v');
const python = has('python3', '-c', 'import zipfile');
const sha256sum = has('sha256sum', '--version');

/** A run whose model files are these, so that their checksums are true. */
function withFiles(run: RunRecord, files: Readonly<Record<string, string>>): RunRecord {
  const sums = Object.entries(files).map(([path, content]) => ({
    path,
    bytes: bytes(content).length,
    sha256: sha256(bytes(content)),
  }));
  const { configuration } = run;
  return {
    ...run,
    configuration: { ...configuration, segmenter: { ...configuration.segmenter, files: sums } },
  };
}

const FILES = { 'tfjs/model.json': '{"weights": 1}', 'tfjs/group1-shard1of1.bin': 'weights' };
const runs = [
  withFiles(makeRun({ seed: 1, name: 'good', frames: 80 }), FILES),
  withFiles(
    makeRun({ seed: 2, name: 'bad', backend: 'webgl', events: { ...NO_EVENTS, endedEarly: 'cancelled' } }),
    FILES,
  ),
];
const picture = (words: string) => new Blob([bytes(words)], { type: 'image/png' });
const folder = mkdtempSync(join(tmpdir(), 'segscope-bundle-'));
const zip = join(folder, 'report.zip');
const read = (name: string) => readFileSync(join(folder, 'out', name), 'utf8');

beforeAll(async () => {
  const blob = await reportBundle({
    runs,
    pictures: runs.map((run) => ({
      run,
      screenshot: picture(`screenshot of ${run.name}`),
      labelMap: picture(`labels of ${run.name}`),
      overlay: picture(`overlay of ${run.name}`),
    })),
    frameCaption: 'Sample: astronaut',
    date: DATE,
    toPng: (svg) => Promise.resolve(picture(`drawn: ${svg.slice(0, 20)}`)),
  });
  writeFileSync(zip, new Uint8Array(await blob.arrayBuffer()));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('reportBundle', () => {
  test.skipIf(!unzip)('passes a check by unzip (skipped without unzip)', () => {
    const { status, stdout } = spawnSync('unzip', ['-t', zip], { encoding: 'utf8' });
    expect(stdout).toContain('No errors detected');
    expect(status).toBe(0);
  });

  test.skipIf(!python)(
    'holds report, tables, charts, pictures, environment and sums (skipped without Python)',
    () => {
      const { stdout, status } = spawnSync('python3', ['-m', 'zipfile', '-e', zip, join(folder, 'out')]);
      expect([status, String(stdout)]).toEqual([0, '']);
      const listed = spawnSync(
        'python3',
        ['-c', 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))', zip],
        {
          encoding: 'utf8',
        },
      ).stdout;
      expect(listed.trim().split('\n').sort()).toEqual(EXPECTED);
    },
  );

  test.skipIf(!python)('returns pictures, tables and runs unchanged (skipped without Python)', () => {
    spawnSync('python3', ['-m', 'zipfile', '-e', zip, join(folder, 'out')]);
    expect(read('pictures/02_segscope-mnv2-257_webgl_257/labels.png')).toBe('labels of bad');
    expect(parseRunsJson(read('tables/runs.json'))).toEqual(runs);
    expect(parseCsv(read('tables/frames.csv'))).toHaveLength(1 + 80 + 20);
    expect(read('report.html')).toContain('bad [not valid]');
    expect(read('report.html')).toContain(`data:image/png;base64,${btoa('screenshot of good')}`);
    expect(read('tables/runs.md')).toContain('Ended early, after ');
    expect(JSON.parse(read('environment.json'))).toMatchObject({
      writtenAt: DATE.toISOString(),
      environments: [
        { backend: 'wasm', runs: [runs[0]?.id] },
        { backend: 'webgl', runs: [runs[1]?.id] },
      ],
    });
  });

  test.skipIf(!python || !sha256sum)('has sums that sha256sum accepts (skipped without sha256sum)', () => {
    spawnSync('python3', ['-m', 'zipfile', '-e', zip, join(folder, 'out')]);
    const models = join(folder, 'models');
    for (const [path, content] of Object.entries(FILES)) {
      const file = join(models, 'segscope-mnv2-257', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const check = () =>
      spawnSync('sha256sum', ['--strict', '-c', join(folder, 'out', 'models.sha256')], { cwd: models })
        .status;
    expect(check()).toBe(0);
    writeFileSync(join(models, 'segscope-mnv2-257/tfjs/model.json'), 'tampered');
    expect(check()).toBe(1);
  });
});

const EXPECTED = [
  'charts/latency-01_segscope-mnv2-257_wasm_257.png',
  'charts/latency-01_segscope-mnv2-257_wasm_257.svg',
  'charts/latency-02_segscope-mnv2-257_webgl_257.png',
  'charts/latency-02_segscope-mnv2-257_webgl_257.svg',
  'charts/legend.png',
  'charts/legend.svg',
  'charts/stages.png',
  'charts/stages.svg',
  'environment.json',
  'models.sha256',
  'pictures/01_segscope-mnv2-257_wasm_257/labels.png',
  'pictures/01_segscope-mnv2-257_wasm_257/overlay.png',
  'pictures/01_segscope-mnv2-257_wasm_257/screenshot.png',
  'pictures/02_segscope-mnv2-257_webgl_257/labels.png',
  'pictures/02_segscope-mnv2-257_webgl_257/overlay.png',
  'pictures/02_segscope-mnv2-257_webgl_257/screenshot.png',
  'report.html',
  'tables/accuracy.csv',
  'tables/cold.csv',
  'tables/comparison.csv',
  'tables/configuration.csv',
  'tables/frames.csv',
  'tables/model-files.csv',
  'tables/references-1.csv',
  'tables/references-2.csv',
  'tables/runs.json',
  'tables/runs.md',
  'tables/runs.tex',
  'tables/stages.csv',
  'tables/validity.csv',
];

test('a checksum line matches the output of sha256sum for a binary file, and each file has one line', () =>
  expect(checksumFile([makeRun({ seed: 1 }), makeRun({ seed: 2 })])).toBe(
    `${'ab'.repeat(32)} *segscope-mnv2-257/model.json\n${'cd'.repeat(32)} *segscope-mnv2-257/group1-shard1of1.bin\n`,
  ));

test('a line break in a name cannot forge a line', () => {
  const run = makeRun({ modelId: 'a\nb' });
  expect(checksumFile([run]).split('\n')[0]).toBe(`\\${'ab'.repeat(32)} *a\\nb/model.json`);
});

test.each([0, 1, 2, 3, 100_001])('%d bytes round-trip through their data: address', async (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) % 256);
  const answer = await fetch(dataAddress(bytes, 'image/png'));
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
});
