/** Reads a Chromium trace: what the page's main thread did between one segmented frame and the next. */
import type { Browser, Page } from '@playwright/test';

/** Main-thread time between two frames, ms of wall clock. */
export interface FrameInterval {
  /** Tasks that are neither the frame's own (worker messages) nor the browser's rendering: React, stores, timers. */
  readonly reactMs: number;
  /** Style, layout, paint records and commit: the browser's rendering of what changed. */
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
/** What a task holds when page code or React ran in it. */
const PAGE_CODE = new Set([
  'TimerFire',
  'HandlePostMessage',
  'FireIdleCallback',
  'FireAnimationFrame',
  'EventDispatch',
]);
const FROM_WORKER = 'dedicated_worker_object_proxy.cc';
const RENDERING = 'ProxyMain::BeginMainFrame';

/** Traces the browser while `work` runs, and returns one entry per frame segmented in that time. */
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

/** @throws Error when the trace lacks the page's mark, which tells its main thread from all others */
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
