/** A published duration that a run may be set beside, with everything that makes it unlike the run. */
import type { Duration } from '../measuring/run-columns.ts';

/**
 * 'max_1' is a cold first iteration, 'max_2' and 'max_3' the next longest; 'single' is what the publisher calls the
 * time of one inference; 'limit' is no measurement but a demand.
 */
export type ReferenceStatistic = 'min' | 'max' | 'max_1' | 'max_2' | 'max_3' | 'single' | 'limit';

export interface ReferenceFigure {
  readonly publisher: 'thesis' | 'coral';
  /** Where it is printed. */
  readonly citation: string;
  /** As printed. */
  readonly model: string;
  /** Of the catalogue; null where the publisher names no particular checkpoint. */
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
  /** True for a first inference: start-up is in it. */
  readonly cold: boolean;
  /** px; null where it does not matter. */
  readonly inputSize: number | null;
  /** null where it does not matter or is not printed. */
  readonly precision: string | null;
  /** What a reader has to know before comparing; one sentence each. */
  readonly caveats: readonly string[];
}
