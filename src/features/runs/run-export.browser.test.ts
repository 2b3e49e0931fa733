import { decode } from 'fast-png';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../domain/measuring/run.ts';
import { makeRun } from '../../domain/testing/run-record.ts';
import { parseRunsJson } from '../../report/runs-json.ts';
import type { ReportFrame } from './run-database.ts';
import { exportRuns, svgToPng } from './run-export.ts';
import type { RunPicture } from './run-history.ts';
import { EXPORT_FORMATS } from './run-session.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import { charts } from '../../report/bundle.ts';

const runs: readonly RunRecord[] = [
  makeRun({ seed: 1 }),
  makeRun({ seed: 2, inputSize: 513 }),
  makeRun({ seed: 3, backend: 'webgl' }),
];
const none = () => Promise.resolve(null);
let red: ReportFrame;
let blue: ReportFrame;

async function frame(color: string): Promise<ReportFrame> {
  const canvas = new OffscreenCanvas(40, 30);
  const brush = canvas.getContext('2d');
  if (brush === null) throw new Error('no 2d context');
  brush.fillStyle = color;
  brush.fillRect(0, 0, 40, 30);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  const png = new Uint8Array(await blob.arrayBuffer());
  return { sha256: color.repeat(16), png, width: 40, height: 30, source: `test:${color}` };
}

beforeAll(async () => {
  [red, blue] = await Promise.all([frame('red'), frame('blue')]);
});

const labelled = (shown: ReportFrame, label: number): RunPicture => ({
  frame: shown,
  labelMap: { width: 2, height: 2, labels: Uint8Array.of(0, label, label, 0) },
});

async function bundle(pictureOf: (run: RunRecord) => RunPicture | null): Promise<Record<string, Uint8Array>> {
  const found = (id: string) => {
    const run = runs.find((each) => each.id === id);
    return Promise.resolve(run === undefined ? null : pictureOf(run));
  };
  const [file] = await exportRuns(runs, 'bundle', found);
  if (file === undefined) throw new Error('There is no bundle.');
  expect(file.fileName).toMatch(/^segscope_\d{4}-\d\d-\d\dT[\d-]+Z_report\.zip$/);
  return unzipSync(new Uint8Array(await file.blob.arrayBuffer()));
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('an export', () => {
  test.each(EXPORT_FORMATS)('as %s gives non-empty files with unique names', async (format) => {
    const files = await exportRuns(runs, format, none);
    expect(files.length).toBeGreaterThan(0);
    expect(new Set(files.map(({ fileName }) => fileName)).size).toBe(files.length);
    for (const { blob } of files) expect(blob.size).toBeGreaterThan(50);
  });

  test('as JSON is read back without losing a digit', async () => {
    const [file] = await exportRuns(runs, 'json', none);
    expect(parseRunsJson((await file?.blob.text()) ?? '')).toEqual(runs);
  });

  test('reports a failure as a problem of the export', async () => {
    const broken = () => Promise.reject(new Error('gone'));
    await expect(exportRuns(runs, 'bundle', broken)).rejects.toMatchObject({
      problem: { kind: 'export-failed', what: 'bundle', detail: 'gone' },
    });
  });
});

describe('the pictures of a bundle', () => {
  test('show the same frame for every run, each with its own labels', async () => {
    const files = await bundle((run) => labelled(red, runs.indexOf(run) + 7));
    const labels = Object.entries(files).filter(([name]) => name.endsWith('/labels.png'));
    expect(labels.map(([, png]) => decode(png).data[1])).toEqual([7, 8, 9]);
    const overlays = Object.entries(files).filter(([name]) => name.endsWith('/overlay.png'));
    expect(overlays.map(([, png]) => [decode(png).width, decode(png).height])).toEqual([
      [40, 30],
      [40, 30],
      [40, 30],
    ]);
    expect(Object.keys(files).filter((name) => name.endsWith('/screenshot.png'))).toHaveLength(3);
    expect(text(files['report.html'])).toContain('One frame of test:red, 40 x 30, the same for all');
  });

  test('exclude a run that saw another frame, and say so', async () => {
    const files = await bundle((run) => labelled(run === runs[0] ? blue : red, 15));
    expect(Object.keys(files).filter((name) => name.endsWith('/screenshot.png'))).toHaveLength(2);
    const report = text(files['report.html']);
    expect(report).toContain('One frame of test:red');
    expect(report).toContain('1 run has no picture of it');
  });

  test('are absent if no run has any, and the rest of the bundle is complete', async () => {
    const files = await bundle(() => null);
    expect(Object.keys(files).some((name) => name.startsWith('pictures/'))).toBe(false);
    for (const name of [
      'report.html',
      'environment.json',
      'models.sha256',
      'tables/runs.json',
      'charts/stages.svg',
    ]) {
      expect(files[name]?.length, name).toBeGreaterThan(50);
    }
  });
});

const run = makeRun({ name: 'a < b & "c"', frames: 100 });

describe('svgToPng', () => {
  test.each(charts([run]).map(({ name, svg }) => ({ name, svg })))(
    'makes a PNG at twice the size, with the same colours, from the well-formed $name',
    async ({ svg }) => {
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
      expect(parsed.querySelector('parsererror')).toBeNull();
      const png = await createImageBitmap(await svgToPng(svg));
      const size = ['width', 'height'].map((side) => 2 * Number(parsed.documentElement.getAttribute(side)));
      expect([png.width, png.height]).toEqual(size);
      const context = new OffscreenCanvas(png.width, png.height).getContext('2d');
      context?.drawImage(png, 0, 0);
      const pixels = context?.getImageData(0, 0, png.width, png.height).data ?? new Uint8ClampedArray();
      const isWhite = (at: number) =>
        (pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0) === 765;
      const white = Array.from({ length: pixels.length / 4 }, (_, i) => isWhite(4 * i)).filter(
        Boolean,
      ).length;
      expect(white / (pixels.length / 4)).toBeGreaterThan(0.5);
      expect(white / (pixels.length / 4)).toBeLessThan(0.995);
      expect(pixels[3]).toBe(255);
    },
  );

  test('reports an invalid picture as a problem with its reason', async () => {
    const failure = await svgToPng('<svg').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect((failure as ProblemError).problem).toMatchObject({ kind: 'export-failed', what: 'chart' });
  });
});
