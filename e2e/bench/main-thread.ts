/** Reads from a Chromium trace how the page's main thread spent the time between two segmented frames. */
import type { Browser, Page } from '@playwright/test';

/** Main-thread time between two frames, ms of wall clock. */
export interface FrameInterval {
  /** React, stores and timers: all tasks except worker messages (the frame itself) and the browser's rendering. */
  readonly reactMs: number;
  /** The browser's rendering of changes: style, layout, paint records and commit. */
  readonly renderingMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** us. */
  readonly ts: number;
  /** us. */
  readonly dur?: number;
  readonly args?: { readonly src_file?: string; readonly name?: string };
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'blink.user_timing'];
const MARK = 'segscope-bench';
/** Events that show that a task ran page code or React. */
const PAGE_CODE = new Set([
  'TimerFire',
  'HandlePostMessage',
  'FireIdleCallback',
  'FireAnimationFrame',
  'EventDispatch',
]);
const FROM_WORKER = 'dedicated_worker_object_proxy.cc';
const RENDERING = 'ProxyMain::BeginMainFrame';

/** Traces the browser while `work` runs; returns one entry per frame segmented in that time. */
export async function traceMainThread(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<readonly FrameInterval[]> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.evaluate((mark) => {
    performance.mark(mark);
  }, MARK);
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return frameIntervals(trace.traceEvents);
}

/** @throws Error if the trace lacks the page's mark, which identifies its main thread */
export function frameIntervals(events: readonly TraceEvent[]): readonly FrameInterval[] {
  const mark = events.find(({ name }) => name === MARK);
  if (mark === undefined) throw new Error('The trace does not hold the page that is measured.');
  const own = events.filter(
    ({ ph, pid, tid, ts }) => ph === 'X' && pid === mark.pid && tid === mark.tid && ts >= mark.ts,
  );
  const inner = own
    .filter(({ name }) => PAGE_CODE.has(name) || name === RENDERING)
    .sort((a, b) => a.ts - b.ts);
  const tasks = own
    .filter(({ name }) => name === 'ThreadControllerImpl::RunTask')
    .sort((a, b) => a.ts - b.ts);
  const intervals: FrameInterval[] = [];
  let current: { reactMs: number; renderingMs: number } | null = null;
  let next = 0;
  for (const task of tasks) {
    const end = task.ts + (task.dur ?? 0);
    const within = new Set<string>();
    while (next < inner.length && (inner[next]?.ts ?? Infinity) < end) {
      const event = inner[next++];
      if (event !== undefined && event.ts >= task.ts) within.add(event.name);
    }
    const ms = (task.dur ?? 0) / 1000;
    if (task.args?.src_file?.endsWith(FROM_WORKER) === true) {
      if (current !== null) intervals.push(current);
      current = { reactMs: 0, renderingMs: 0 };
    } else if (current !== null && within.has(RENDERING)) {
      current.renderingMs += ms;
    } else if (current !== null && [...within].some((name) => PAGE_CODE.has(name))) {
      current.reactMs += ms;
    }
  }
  return intervals;
}
