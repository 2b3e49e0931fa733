import { describe, expect, test } from 'vitest';
import { frameIntervals } from './main-thread.ts';

const MAIN = { pid: 1, tid: 1, ph: 'X' };
const mark = { ...MAIN, name: 'segscope-bench', ph: 'R', ts: 0 };
/** A task that starts at `atMs` and takes `ms`, with Chromium's events inside it. */
function task(atMs: number, ms: number, inner: string | null, from = 'timer.cc') {
  const run = { name: 'ThreadControllerImpl::RunTask', ts: atMs * 1000, dur: ms * 1000 };
  return [
    { ...MAIN, ...run, args: { src_file: `third_party/${from}` } },
    ...(inner === null ? [] : [{ ...MAIN, name: inner, ts: atMs * 1000 + 1, dur: ms * 1000 - 2 }]),
  ];
}
const frame = (atMs: number) => task(atMs, 9, 'HandlePostMessage', 'dedicated_worker_object_proxy.cc');

describe('main-thread time between two frames', () => {
  test('counts timers and messages as React, BeginMainFrame as rendering, and the frame itself as neither', () => {
    const events = [
      mark,
      ...frame(10),
      ...task(20, 3, 'TimerFire'),
      ...task(30, 2, 'HandlePostMessage', 'message_port.cc'),
      ...task(40, 5, 'ProxyMain::BeginMainFrame'),
      ...task(50, 7, null),
      ...frame(60),
      ...frame(80),
    ];
    expect(frameIntervals(events)).toEqual([
      { reactMs: 5, renderingMs: 5 },
      { reactMs: 0, renderingMs: 0 },
    ]);
  });

  test('ignores other threads and everything before the mark', () => {
    const other = task(20, 50, 'TimerFire').map((event) => ({ ...event, tid: 2 }));
    const events = [{ ...mark, ts: 5000 }, ...task(1, 2, 'TimerFire'), ...frame(10), ...other, ...frame(60)];
    expect(frameIntervals(events)).toEqual([{ reactMs: 0, renderingMs: 0 }]);
  });

  test('refuses a trace of another page', () =>
    expect(() => frameIntervals(frame(1))).toThrow(/does not hold the page/));
});
