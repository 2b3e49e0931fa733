import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectWritten, readGolden } from '../../scripts/testing/golden.ts';
import { reportBundle } from './bundle.ts';
import { parseRunsJson } from './runs-json.ts';

/**
 * In the browser and on the stock pipeline; on an agent's CPU with JPEG frames, on an Edge TPU and on a test double;
 * invalid, throttled, of a moving picture, without a frame, with classes of no list, with a machine that reports
 * nothing, drifting.
 */
const runs = parseRunsJson(readGolden('runs-1.json'));
const png = (words: string) => new Blob([words], { type: 'image/png' });
/** Runs whose charts are compared line by line; the others' charts only have to exist. */
const CHARTS = /^charts\/(stages|legend.*|latency-0[137]_.*)\.svg$/;

describe('the report of runs', () => {
  let files: Readonly<Record<string, Uint8Array>> = {};
  const textOf = (name: string) => strFromU8(files[name] ?? new Uint8Array());

  beforeAll(async () => {
    const [first] = runs;
    if (first === undefined) throw new Error('The golden file holds no run.');
    const bundle = await reportBundle({
      runs,
      pictures: [
        { run: first, screenshot: png('screenshot'), labelMap: png('labels'), overlay: png('overlay') },
      ],
      frameCaption: 'Sample: astronaut, frame 1',
      date: new Date('2026-11-22T15:00:00Z'),
      toPng: () => Promise.resolve(png('drawn')),
    });
    files = unzipSync(new Uint8Array(await bundle.arrayBuffer()));
  });

  test('contains the same files', () => {
    expectWritten('report/files.txt', `${Object.keys(files).join('\n')}\n`);
  });

  test('contains the runs in a form that can be imported again', () => {
    expect(textOf('tables/runs.json')).toBe(readGolden('runs-1.json'));
  });

  test('has the same bytes: CSV, Markdown, LaTeX, HTML, SVG, environment and checksums', () => {
    const compared = Object.keys(files).filter(
      (name) => !/\.(png|svg|json)$/.test(name) || CHARTS.test(name) || name === 'environment.json',
    );
    expect(compared.length).toBeGreaterThan(20);
    for (const name of compared) expectWritten(`report/${name}`, textOf(name));
  });
});
