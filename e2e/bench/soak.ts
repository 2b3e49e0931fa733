/** Runs many frames and checks that nothing grows: tensors in the worker, JavaScript objects on the page. */
import { linearTrend, type Trend } from '../../src/domain/measuring/linear-trend.ts';
import { objectHeapBytes } from './object-heap.ts';
import type { DrivenPage } from './page-driver.ts';

export interface Soak {
  readonly frames: number;
  readonly tensorsBefore: number;
  readonly tensorsAfter: number;
  readonly tensorBytesGrown: number;
  /** JavaScript objects of the page after forced garbage collections, bytes per frame. */
  readonly heapTrend: Trend;
  readonly heapSamplesBytes: readonly number[];
}

const FRAMES_PER_SAMPLE = 25;
/**
 * Warm-up before counting: the chart fills its 120 frames, and React makes a second copy of each component at its first
 * change, which comes late for rare ones. Counted from frame 150, the objects grew by 20 kB in two steps (41 bytes per
 * frame); counted from frame 600, they shrank.
 */
const SETTLING_FRAMES = 600;

export async function measureSoak({ page, devtools }: DrivenPage, frames: number): Promise<Soak> {
  await devtools.send('HeapProfiler.enable');
  await step(page, SETTLING_FRAMES);
  const readings: { atFrame: number; heapBytes: number; tensors: number; bytes: number }[] = [];
  for (let done = 0; done <= frames; done += FRAMES_PER_SAMPLE) {
    await step(page, FRAMES_PER_SAMPLE);
    const heapBytes = await objectHeapBytes(devtools);
    const memory = await page.evaluate(() => globalThis.segscope?.memory() ?? { tensors: NaN, bytes: NaN });
    readings.push({ atFrame: done, heapBytes, ...memory });
  }
  const first = readings[0];
  const last = readings.at(-1);
  return {
    frames,
    tensorsBefore: first?.tensors ?? NaN,
    tensorsAfter: last?.tensors ?? NaN,
    tensorBytesGrown: (last?.bytes ?? NaN) - (first?.bytes ?? NaN),
    heapTrend: linearTrend(
      readings.map(({ atFrame }) => atFrame),
      readings.map(({ heapBytes }) => heapBytes),
    ),
    heapSamplesBytes: readings.map(({ heapBytes }) => heapBytes),
  };
}

async function step(page: DrivenPage['page'], frames: number): Promise<void> {
  await page.evaluate(async (count) => {
    await globalThis.segscope?.measure({ frames: count, warmUp: 0, bare: false });
  }, frames);
}
