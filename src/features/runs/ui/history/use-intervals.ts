/** Bootstrap intervals of a row's medians, one run at a time, so that no table waits for them. */
import { useEffect, useState } from 'react';
import type { Interval } from '../../../../domain/measuring/bootstrap.ts';
import type { RunColumns } from '../../../../domain/measuring/run.ts';
import { medianIntervalOf } from '../../../../domain/measuring/run-summary.ts';

export interface Intervals {
  /** null for a run without a counted frame. */
  readonly frame: Interval | null;
  readonly inference: Interval | null;
}

const known = new WeakMap<RunColumns, Intervals>();
const waiting = new Map<() => void, RunColumns>();
let timer: ReturnType<typeof setTimeout> | null = null;

/**
 * null until they are reckoned. Both cost about 4 ms for 1,024 frames (2 shared cores, Node 20): for 200 runs at once
 * the page would stand still for most of a second.
 * @param wanted false while a run is measured: the main thread belongs to it
 */
export function useIntervals(columns: RunColumns, wanted: boolean): Intervals | null {
  const [, setReckoned] = useState<RunColumns | null>(null);
  const intervals = known.get(columns) ?? null;
  const missing = wanted && intervals === null;
  useEffect(() => {
    if (!missing) return;
    const done = () => setReckoned(columns);
    waiting.set(done, columns);
    timer ??= setTimeout(reckonNext);
    return () => {
      waiting.delete(done);
    };
  }, [columns, missing]);
  return intervals;
}

function reckonNext(): void {
  timer = null;
  const next = waiting.entries().next();
  if (next.done === true) return;
  const [done, columns] = next.value;
  waiting.delete(done);
  if (!known.has(columns)) {
    known.set(columns, {
      frame: medianIntervalOf(columns, 'frame'),
      inference: medianIntervalOf(columns, 'inference'),
    });
  }
  done();
  if (waiting.size > 0) timer = setTimeout(reckonNext);
}
