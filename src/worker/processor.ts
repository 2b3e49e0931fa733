/** The CPU that the worker runs on. */

/** At least 1; browsers may report fewer than there are. */
export function logicalCores(): number {
  return Math.max(1, navigator.hardwareConcurrency || 1);
}

/** For instance "2 logical cores". */
export function processorName(cores: number = logicalCores()): string {
  return cores === 1 ? '1 logical core' : `${cores} logical cores`;
}
