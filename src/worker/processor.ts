/** The name of the CPU, and how many threads to start on it. */

/** At least 1; browsers may report fewer than there are. */
export function logicalCores(): number {
  return Math.max(1, navigator.hardwareConcurrency || 1);
}

/** For instance "2 logical cores". */
export function processorName(cores: number = logicalCores()): string {
  return cores === 1 ? '1 logical core' : `${cores} logical cores`;
}

/**
 * Half the logical cores, at most four. The WASM binary starts no more than half: asked for 1, 2 or 4 threads, it
 * starts 1 on 2 logical cores and 2 on 4 (TensorFlow.js 4.22). It honours smaller numbers.
 */
export function threadsFor(cores: number): number {
  return Math.min(4, Math.max(1, Math.floor(cores / 2)));
}
