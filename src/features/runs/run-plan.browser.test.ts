import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOf } from '../../../e2e/fixtures/pixel-hash.ts';
import { openMovingSample } from '../../capture/moving-sample.ts';
import { openSample } from '../../capture/picture.ts';
import type { RunPlan } from '../../domain/measuring/run.ts';
import { runPlan, type PlanParts } from './run-plan.ts';
import { openRunPainter } from './run-page.ts';
import type { MeasuredRun } from './run-runner.ts';
import { choice, planDoubles } from './testing/run-doubles.ts';

const base = document.createElement('base');

beforeEach(() => {
  // The test page has a deeper path than the real one; sample addresses are relative to the document.
  base.href = '/';
  document.head.append(base);
});

afterEach(() => base.remove());

/** Real sources and a real canvas; the model is a double that records the hash of every picture it receives. */
function setUp() {
  const doubles = planDoubles([]);
  const seen: number[][] = [];
  const measured: MeasuredRun[] = [];
  const opened: string[] = [];
  const parts: PlanParts = {
    ...doubles,
    openPainter: openRunPainter,
    openSource(key, signal) {
      opened.push(key);
      return key === 'moving:chelsea' ? openMovingSample('chelsea', signal) : openSample('coffee', signal);
    },
    async openSegmenter(...args) {
      const segmenter = await doubles.openSegmenter(...args);
      const hashes: number[] = [];
      seen.push(hashes);
      return {
        ...segmenter,
        segment(frame, signal) {
          hashes.push(hashOf(frame.pixels));
          return segmenter.segment(frame, signal);
        },
      };
    },
    onProgress: () => undefined,
    onMeasured(run) {
      measured.push(run);
      return Promise.resolve();
    },
  };
  const run = (plan: RunPlan) => runPlan(parts, plan, new AbortController().signal);
  return { run, seen, measured, opened };
}

const plan = (sources: readonly string[], change: Partial<RunPlan> = {}): RunPlan => ({
  choices: sources.map((sourceKey) => choice({ sourceKey })),
  target: { frames: 5, seconds: 0, warmUpFrames: 1 },
  replayFrames: 0,
  replaySourceKey: null,
  ...change,
});

describe('a plan on a replay', () =>
  test('shows every configuration exactly the same frames, recorded once', async () => {
    const { run, seen, measured, opened } = setUp();
    await run(plan(['replay', 'replay'], { replayFrames: 3, replaySourceKey: 'moving:chelsea' }));
    const [first, second] = seen;
    expect(second).toEqual(first);
    // The 6 frames of the run, repeated, then the report frame, which is the first one.
    expect(new Set(first).size).toBe(3);
    expect(first?.slice(3, 6)).toEqual(first?.slice(0, 3));
    expect(first?.[6]).toBe(first?.[0]);
    expect(opened).toEqual(['moving:chelsea']);
    for (const { run: record } of measured) {
      expect(record.configuration.source).toBe('replay of 3 frames, moving-sample:chelsea');
    }
  }));

describe('the report frame', () => {
  test('is the same for all configurations, whatever their source', async () => {
    const { run, seen, measured } = setUp();
    await run(plan(['sample:coffee', 'moving:chelsea']));
    const [one, other] = measured.map(({ picture }) => picture?.frame);
    expect(one).toMatchObject({ width: 600, height: 400, source: 'sample:coffee' });
    expect(one?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(other).toEqual(one);
    expect(seen[1]?.at(-1)).toBe(seen[0]?.at(-1));
  });

  test('is stored as a PNG with exactly its pixels', async () => {
    const { run, seen, measured } = setUp();
    await run(plan(['sample:coffee']));
    const frame = measured[0]?.picture?.frame;
    if (frame === undefined) throw new Error('The run has no picture.');
    const decoded = await createImageBitmap(new Blob([frame.png], { type: 'image/png' }));
    expect(hashOf(decoded)).toBe(seen[0]?.at(-1));
    decoded.close();
  });
});
