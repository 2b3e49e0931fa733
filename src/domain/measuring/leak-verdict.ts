/** Tells a leak of tensors from the ordinary up and down of memory while frames pass. */
import type { LeakVerdict, MemoryReading } from './timing-snapshot.ts';

/** Tensors alive and their bytes. */
export interface MemoryLevel {
  readonly tensors: number;
  readonly bytes: number;
}

/** Frames whose lowest reading stands for all of them: what a frame holds for a moment does not count. */
const BLOCK_FRAMES = 10;
/** Blocks looked back on. A single step up (something cached once) is forgotten after so many, a leak never is. */
const BLOCKS = 16;

export interface LeakWatch {
  /** After every frame. */
  push(level: MemoryLevel): void;
  /** null before the first frame. */
  reading(): MemoryReading | null;
}

/**
 * Rule: the lowest tensor count of each 10 frames is noted. 'measuring' until two such blocks are complete; 'growing'
 * when the latest block lies above the level right after loading and above the oldest of the last 16 blocks; else
 * 'steady'.
 * @param loaded level right after loading, to which memory must return after every frame
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
