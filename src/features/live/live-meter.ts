/** Collects the frames' timings and publishes them to the timing store a few times a second. */
import type { FrameSource } from '../../capture/frame-source.ts';
import type { LabelMap } from '../../domain/labels/label-map.ts';
import { legendOf, type Classes } from '../../domain/labels/legend.ts';
import type { FrameTimings } from '../../domain/measuring/stage-timings.ts';
import { TimingWindow } from '../../domain/measuring/timing-window.ts';
import type { TimingSnapshot, LeakVerdict, MemoryReading } from '../../domain/measuring/timing-snapshot.ts';
import type { LiveSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { Segmentation } from '../../segmentation/segmenter.ts';
import type { TimingStore } from './timing-store.ts';

/** The source's rate is counted over this span, ms. */
const SOURCE_RATE_SPAN_MS = 3000;

export interface LiveMeter {
  onFrame(
    timings: FrameTimings,
    segmentation: Segmentation,
    segmenter: LiveSegmenter,
    source: FrameSource | null,
  ): void;
  /** The model, backend, size or source has changed: the measurement starts over. */
  reset(): void;
  /** Writes new values to the store; cheap if there are none. */
  publish(): void;
  /** The current numbers, for a screenshot or a report. */
  snapshot(): TimingSnapshot;
}

export function createLiveMeter(store: TimingStore, now: () => number): LiveMeter {
  const window = new TimingWindow();
  const counts = new Uint32Array(256);
  let leak: LeakWatch | null = null;
  let labelMap: LabelMap | null = null;
  let classes: Classes = { classList: null, classNames: [] };
  let source: FrameSource | null = null;
  let sourceMarks: { at: number; unique: number }[] = [];
  let fresh = false;

  function sourcePerSecond(): number | null {
    if (source === null || !source.moving) return null;
    sourceMarks.push({ at: now(), unique: source.counters().unique });
    sourceMarks = sourceMarks.filter(({ at }) => now() - at <= SOURCE_RATE_SPAN_MS);
    const first = sourceMarks[0];
    const last = sourceMarks.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < 500) return null;
    return ((last.unique - first.unique) * 1000) / (last.at - first.at);
  }

  const snapshot = () =>
    window.snapshot({
      sourcePerSecond: sourcePerSecond(),
      skipped: source?.counters().skipped ?? 0,
      memory: leak?.reading() ?? null,
    });

  return {
    onFrame(timings, segmentation, segmenter, from) {
      window.push(timings, now());
      leak ??= createLeakWatch(segmenter.loadedMemory);
      leak.push(segmentation.memory);
      ({ labelMap } = segmentation);
      classes = segmenter.description;
      if (source !== from) sourceMarks = [];
      source = from;
      fresh = true;
    },
    reset() {
      window.clear();
      leak = null;
      sourceMarks = [];
    },
    publish() {
      if (!fresh) return;
      fresh = false;
      const legend = labelMap === null ? [] : legendOf(labelMap, classes, counts);
      store.setState({ snapshot: snapshot(), legend });
    },
    snapshot,
  };
}

/** Tensors alive and their bytes. */
interface MemoryLevel {
  readonly tensors: number;
  readonly bytes: number;
}

/** Each block of frames is represented by its lowest reading, so that briefly held tensors do not count. */
const BLOCK_FRAMES = 10;
/** Blocks of history. A single step up (something cached once) is forgotten after this many blocks; a leak never is. */
const BLOCKS = 16;

/** Distinguishes a tensor leak from the normal variation of memory between frames. */
interface LeakWatch {
  /** After every frame. */
  push(level: MemoryLevel): void;
  /** null before the first frame. */
  reading(): MemoryReading | null;
}

/**
 * Rule: record the lowest tensor count of each 10 frames. 'measuring' until two such blocks are complete; 'growing'
 * if the latest block is above the level right after loading and above the oldest of the last 16 blocks; otherwise
 * 'steady'.
 * @param loaded level right after loading; memory must return to it after every frame
 */
export function createLeakWatch(loaded: MemoryLevel): LeakWatch {
  let latest: MemoryLevel | null = null;
  let inBlock = 0;
  let lowest = Infinity;
  let blocks: readonly number[] = [];

  function verdict(): LeakVerdict {
    const [oldest] = blocks;
    const newest = blocks.at(-1);
    if (oldest === undefined || newest === undefined || blocks.length < 2) return 'measuring';
    return newest > loaded.tensors && newest > oldest ? 'growing' : 'steady';
  }

  return {
    push(level) {
      latest = level;
      lowest = Math.min(lowest, level.tensors);
      inBlock++;
      if (inBlock < BLOCK_FRAMES) return;
      blocks = [...blocks, lowest].slice(-BLOCKS);
      inBlock = 0;
      lowest = Infinity;
    },
    reading() {
      if (latest === null) return null;
      return { ...latest, tensorsGrown: latest.tensors - loaded.tensors, verdict: verdict() };
    },
  };
}
