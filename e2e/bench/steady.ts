/** Measures single frames, the bare network next to each frame, and the free-running page. */
import type { Browser, Page } from '@playwright/test';
import { median, percentile, type Summary, summarise } from '../../src/domain/measuring/statistics.ts';
import {
  STAGES,
  sumOfStages,
  unaccountedShare,
  type FrameTimings,
  type Stage,
} from '../../src/domain/measuring/stage-timings.ts';
import type { Configuration, ColdTimings } from '../../src/domain/measuring/configuration.ts';
import { traceMainThread } from './main-thread.ts';
import type { DrivenPage } from './page-driver.ts';

export interface Steady {
  readonly configuration: Configuration;
  readonly cold: ColdTimings;
  readonly stages: Readonly<Record<Stage | 'frame', Summary>>;
  /** Frame time minus inference. */
  readonly besideInferenceMs: Summary;
  /** Median of (frame - inference) / frame, 0..1. */
  readonly besideInference01: number;
  /** Median share of the frame time that no stage accounts for, 0..1. */
  readonly unaccounted01: number;
  readonly bareMs: Summary | null;
  /**
   * Median over the frames of frame time / bare time of the same moment. The clock of a shared machine changes during a
   * run, so a ratio of two medians would compare different moments. null if bare time cannot be measured.
   */
  readonly frameOverBare: number | null;
  readonly frames: readonly FrameTimings[];
}

export async function measureSteady(
  { page }: DrivenPage,
  request: { readonly frames: number; readonly warmUp: number },
): Promise<Steady> {
  const { configuration, cold, frames, bareMs } = await page.evaluate(async ({ frames: count, warmUp }) => {
    const { segscope } = globalThis;
    if (segscope === undefined) throw new Error('The page has no automation.');
    return segscope.measure({ frames: count, warmUp, bare: true });
  }, request);
  const beside = frames.map(({ frameMs, stages }) => frameMs - stages.inference);
  const perStage = STAGES.map(
    (stage) => [stage, summarise(frames.map(({ stages }) => stages[stage]))] as const,
  );
  const frame = summarise(frames.map(({ frameMs }) => frameMs));
  return {
    configuration,
    cold,
    stages: { ...(Object.fromEntries(perStage) as Record<Stage, Summary>), frame },
    besideInferenceMs: summarise(beside),
    besideInference01: median(frames.map(({ frameMs }, i) => (beside[i] ?? 0) / frameMs)),
    unaccounted01: median(frames.map(unaccountedShare)),
    bareMs: bareMs.length === 0 ? null : summarise(bareMs),
    frameOverBare:
      bareMs.length === 0 ? null : median(frames.map(({ frameMs }, i) => frameMs / (bareMs[i] ?? NaN))),
    frames,
  };
}

export interface LiveRun {
  readonly seconds: number;
  readonly frames: number;
  /** Main-thread tasks over 50 ms, ms each (Long Tasks API). */
  readonly longTasksMs: readonly number[];
  /** All main-thread tasks together per painted frame: paint, React, capture, messages; ms. */
  readonly mainThreadMsPerFrame: number;
  /** Part of that spent on script, style and layout. */
  readonly scriptMsPerFrame: number;
  readonly paintMedianMs: number;
  /** Paint stage, React and everything else except capture and the browser's rendering; per frame, ms. */
  readonly paintAndReactMs: Summary;
  /** Style, layout, paint records and commit per frame, ms. */
  readonly renderingMs: Summary;
}

export async function measureLive(
  { page, devtools }: DrivenPage,
  browser: Browser,
  seconds: number,
): Promise<LiveRun> {
  await devtools.send('Performance.enable');
  await page.waitForTimeout(2000);
  await page.evaluate(() => {
    const kept: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) kept.push(entry.duration);
    });
    observer.observe({ type: 'longtask' });
    Object.assign(globalThis, { benchLongTasks: kept });
  });
  const framesNow = () =>
    page.evaluate(() => globalThis.segscope?.live.timing.getState().snapshot?.recent.at(-1)?.frameId ?? 0);
  const before = await metrics(devtools);
  const firstFrame = await framesNow();
  await page.waitForTimeout(seconds * 1000);
  const after = await metrics(devtools);
  const frames = (await framesNow()) - firstFrame;
  const longTasksMs = await page.evaluate(
    () => (globalThis as unknown as { benchLongTasks: number[] }).benchLongTasks,
  );
  const paints = await recentPaints(page);
  // Tracing and profiling cause long tasks themselves, so this is measured separately.
  const intervals = await traceMainThread(browser, page, () => page.waitForTimeout(seconds * 1000));
  const tracedPaints = (await recentPaints(page)).slice(-intervals.length);
  const lastIntervals = intervals.slice(-tracedPaints.length);
  const perFrame = (name: string) =>
    (((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1000) / Math.max(1, frames);
  return {
    seconds,
    frames,
    longTasksMs,
    mainThreadMsPerFrame: perFrame('TaskDuration'),
    scriptMsPerFrame:
      perFrame('ScriptDuration') + perFrame('LayoutDuration') + perFrame('RecalcStyleDuration'),
    paintMedianMs: percentile(paints, 50),
    paintAndReactMs: summarise(lastIntervals.map(({ reactMs }, i) => reactMs + (tracedPaints[i] ?? 0))),
    renderingMs: summarise(lastIntervals.map(({ renderingMs }) => renderingMs)),
  };
}

function recentPaints(page: Page): Promise<readonly number[]> {
  return page.evaluate(() =>
    (globalThis.segscope?.live.timing.getState().snapshot?.recent ?? []).map(({ stages }) => stages.paint),
  );
}

async function metrics(devtools: DrivenPage['devtools']): Promise<ReadonlyMap<string, number>> {
  const { metrics: list } = await devtools.send('Performance.getMetrics');
  return new Map(list.map(({ name, value }) => [name, value]));
}

/** If a frame's stages do not add up, every other number is doubtful, so the report shows this. */
export function sumsUp(frames: readonly FrameTimings[]): number {
  return median(frames.map((frame) => sumOfStages(frame.stages) / frame.frameMs));
}
