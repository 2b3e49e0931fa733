/** The counted frames of a run as flat columns, allocated ahead so that recording a frame allocates nothing. */
import { COLUMN_NAMES } from '../domain/measuring/run-columns.ts';
import type { RunColumns } from '../domain/measuring/run.ts';
import { STAGES, type FrameTimings } from '../domain/measuring/stage-timings.ts';

/** Runs that are longer than planned (seconds decide, not frames) grow by so many frames at a time. */
const CHUNK_FRAMES = 1024;
/** The clock of a page has steps of 5 us at best, so digits below 0.1 us are floating-point noise. */
const STEPS_PER_MS = 1e4;

export interface ColumnRecorder {
  readonly length: number;
  /** @param at ms since the first counted frame was asked for */
  push(timings: FrameTimings, at: number): void;
  /** Copies, rounded to 0.1 us. */
  columns(): RunColumns;
}

/** @param expectedFrames room for so many is allocated at once */
export function createColumnRecorder(expectedFrames: number): ColumnRecorder {
  let capacity = Math.max(1, expectedFrames);
  let length = 0;
  let store = COLUMN_NAMES.map(() => new Float64Array(capacity));

  function grow(): void {
    capacity += CHUNK_FRAMES;
    store = store.map((old) => {
      const larger = new Float64Array(capacity);
      larger.set(old);
      return larger;
    });
  }

  function put(column: number, value: number): void {
    (store[column] as Float64Array)[length] = value;
  }

  return {
    get length() {
      return length;
    },
    push({ stages, frameMs, waitMs }, at) {
      if (length === capacity) grow();
      for (let i = 0; i < STAGES.length; i++) put(i, stages[STAGES[i] as (typeof STAGES)[number]]);
      put(STAGES.length, waitMs);
      put(STAGES.length + 1, frameMs);
      put(STAGES.length + 2, at);
      length++;
    },
    columns() {
      const copies = {} as Record<keyof RunColumns, readonly number[]>;
      COLUMN_NAMES.forEach((key, column) => {
        const values = Array.from((store[column] as Float64Array).subarray(0, length));
        copies[key] = values.map((value) => Math.round(value * STEPS_PER_MS) / STEPS_PER_MS);
      });
      return copies;
    },
  };
}
