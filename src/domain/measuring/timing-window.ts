/** Ring buffer of the last frames' timings, with their statistics. */
import { STAGES, unaccountedShare } from './stage-timings.ts';
import type { FrameTimings, Stage, StageTimings } from './stage-timings.ts';
import { median, summariseInPlace } from './statistics.ts';
import type { Rates, TimingRow, TimingSnapshot } from './timing-snapshot.ts';

/** Frame rates look back over this span, ms, or over the last two frames if those are further apart. */
const RATE_SPAN_MS = 3000;

/** What a chart shows of the window. */
const CHART_FRAMES = 120;

const ROW_KEYS = [...STAGES, 'wait', 'frame'] as const;

export class TimingWindow {
  private readonly capacity: number;
  /** Frames ever pushed since the last clear(); frame k lies in slot k % capacity. */
  private pushed = 0;
  private readonly durations: Readonly<Record<TimingRow['key'], Float64Array>>;
  private readonly frameIds: Float64Array;
  private readonly paintedAt: Float64Array;
  private readonly unaccounted: Float64Array;
  private readonly gaps: Uint8Array;
  private readonly scratch: Float64Array;

  /** @throws RangeError unless `capacity` is a whole number >= 2 */
  constructor(capacity = 1024) {
    if (!Number.isInteger(capacity) || capacity < 2)
      throw new RangeError('A window holds at least 2 frames.');
    const column = () => new Float64Array(capacity);
    this.capacity = capacity;
    this.durations = recordOf(ROW_KEYS, column);
    this.frameIds = column();
    this.paintedAt = column();
    this.unaccounted = column();
    this.gaps = new Uint8Array(capacity);
    this.scratch = column();
  }

  /** Number of frames in the window. */
  get length(): number {
    return Math.min(this.pushed, this.capacity);
  }

  /** Adds a frame and drops the oldest when full. `paintedAtMs`: the caller's clock when painting ended. */
  push(frame: FrameTimings, paintedAtMs: number): void {
    const slot = this.pushed % this.capacity;
    for (const stage of STAGES) this.durations[stage][slot] = frame.stages[stage];
    this.durations.wait[slot] = frame.waitMs;
    this.durations.frame[slot] = frame.frameMs;
    this.frameIds[slot] = frame.frameId;
    this.paintedAt[slot] = paintedAtMs;
    this.unaccounted[slot] = unaccountedShare(frame);
    this.gaps[slot] = frame.afterGap ? 1 : 0;
    this.pushed++;
  }

  /** Statistics of every stage, the wait inside capture and the whole frame, in this order; empty without frames. */
  rows(): readonly TimingRow[] {
    if (this.pushed === 0) return [];
    const latest = (this.pushed - 1) % this.capacity;
    return ROW_KEYS.map((key) => {
      const column = this.durations[key];
      // Slots fill from 0, so the first `length` slots are the ones in use, in any order.
      const values = this.scratch.subarray(0, this.length);
      values.set(column.subarray(0, this.length));
      return { key, last: column[latest] as number, ...summariseInPlace(values) };
    });
  }

  /** The last frames, oldest first, at most `count`. */
  recent(count: number): readonly FrameTimings[] {
    const wanted = Math.min(count, this.length);
    return Array.from({ length: wanted }, (_, i) => this.frameIn((this.pushed - wanted + i) % this.capacity));
  }

  /**
   * Painted frames per second of wall clock over the last seconds, 1/s; interrupted time does not count. null until two
   * frames were painted without a gap between them.
   */
  framesPerSecond(): number | null {
    let frames = 0;
    let spanMs = 0;
    for (let frame = this.pushed - 1; frame > this.pushed - this.length && spanMs < RATE_SPAN_MS; frame--) {
      const slot = frame % this.capacity;
      if (this.gaps[slot] === 1) continue;
      frames++;
      spanMs += (this.paintedAt[slot] as number) - (this.paintedAt[(frame - 1) % this.capacity] as number);
    }
    return spanMs > 0 ? (frames * 1000) / spanMs : null;
  }

  /** Median share of the frame time that no stage accounts for, 0..1; 0 without frames. */
  unaccounted01(): number {
    return this.pushed === 0 ? 0 : median(this.unaccounted.subarray(0, this.length));
  }

  /** All of the above, with what the window itself does not know. */
  snapshot(
    others: Pick<Rates, 'sourcePerSecond' | 'skipped'> & Pick<TimingSnapshot, 'memory'>,
  ): TimingSnapshot {
    const { sourcePerSecond, skipped, memory } = others;
    const rows = this.rows();
    const inferenceMs = rows.find(({ key }) => key === 'inference')?.median ?? 0;
    return {
      rows,
      recent: this.recent(CHART_FRAMES),
      rates: {
        modelPerSecond: inferenceMs > 0 ? 1000 / inferenceMs : null,
        framesPerSecond: this.framesPerSecond(),
        sourcePerSecond,
        skipped,
      },
      memory,
      unaccounted01: this.unaccounted01(),
    };
  }

  clear(): void {
    this.pushed = 0;
  }

  private frameIn(slot: number): FrameTimings {
    return {
      frameId: this.frameIds[slot] as number,
      stages: recordOf<Stage, number>(
        STAGES,
        (stage) => this.durations[stage][slot] as number,
      ) satisfies StageTimings,
      frameMs: this.durations.frame[slot] as number,
      waitMs: this.durations.wait[slot] as number,
      afterGap: this.gaps[slot] === 1,
    };
  }
}

function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  value: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>;
}
