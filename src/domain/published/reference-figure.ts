/** A published duration for comparison with a run, with every condition that differs from the run. */
import type { Duration } from '../measuring/run-columns.ts';

/**
 * 'max_1' is a cold first iteration, 'max_2' and 'max_3' the next longest; 'single' is the publisher's time for one
 *   inference; 'limit' is a requirement, not a measurement.
 */
export type ReferenceStatistic = 'min' | 'max' | 'max_1' | 'max_2' | 'max_3' | 'single' | 'limit';

export interface ReferenceFigure {
  readonly publisher: 'thesis' | 'coral';
  /** Where it was published. */
  readonly citation: string;
  /** As printed. */
  readonly model: string;
  /** Id in the catalogue; null if the publisher names no particular checkpoint. */
  readonly modelId: string | null;
  readonly device: string;
  /** The same in a word or two, for a table. */
  readonly deviceName: string;
  /** As the publisher calls it. */
  readonly stage: string;
  /** The durations of Segscope that it covers, summed per frame. */
  readonly durations: readonly Duration[];
  readonly statistic: ReferenceStatistic;
  readonly ms: number;
  /** True for a first inference: it includes start-up. */
  readonly cold: boolean;
  /** px; null if it does not matter. */
  readonly inputSize: number | null;
  /** null if it does not matter or is not printed. */
  readonly precision: string | null;
  /** What a reader must know before comparing; one sentence each. */
  readonly caveats: readonly string[];
}
