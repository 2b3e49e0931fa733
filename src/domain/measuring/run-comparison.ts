/** Two runs side by side: the difference of their medians, and whether it exceeds noise. */
import { ranOnDouble } from '../agent-description.ts';
import { BOOTSTRAP_SEED, middle95, resampledMedians, type Interval } from './bootstrap.ts';
import type { RunColumns, RunRecord } from './run.ts';
import { DURATIONS, type Duration } from './run-columns.ts';
import { reasonsInvalid } from './run-validity.ts';
import { seededRandom } from './seeded-random.ts';
import { median } from './statistics.ts';
import { unlikeConditions } from './unlike-runs.ts';

/** A value with its 95 % bootstrap interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

export interface DurationComparison {
  readonly key: Duration;
  /** Medians, ms. */
  readonly baselineMs: number;
  readonly otherMs: number;
  /** Median of the other minus median of the baseline, ms; > 0: the other is slower. */
  readonly difference: Estimate;
  /** Median of the other over median of the baseline; null if the baseline has no such stage. */
  readonly ratio: Estimate | null;
  /** True when the interval of the difference excludes 0: it exceeds the noise within the two runs. */
  readonly distinguishable: boolean;
}

export interface RunComparison {
  /** In the order of DURATIONS; empty if one of the runs has no frame, or ran on a test double. */
  readonly rows: readonly DurationComparison[];
  /** One sentence each: how the two differ, and what is wrong with either. */
  readonly warnings: readonly string[];
}

/** What the interval of a comparison does not cover; shown with every comparison. */
export const COMPARISON_CAVEAT =
  'The intervals cover the variation from frame to frame within the two runs. Variation between starts shows only if the runs are repeated.';

export function compareRuns(baseline: RunRecord, other: RunRecord): RunComparison {
  const double = [baseline, other].find(({ configuration }) => ranOnDouble(configuration.segmenter));
  if (double !== undefined) {
    return {
      rows: [],
      warnings: [
        `Not compared: "${double.name}" ran on a TEST DOUBLE of the Edge TPU, whose times mean nothing.`,
      ],
    };
  }
  return {
    rows: DURATIONS.flatMap((key) => compareDuration(baseline.columns, other.columns, key) ?? []),
    warnings: [...[baseline, other].flatMap(speaksAgainst), ...unlikeConditions(baseline, other)],
  };
}

/** Percentile bootstrap of the difference and of the ratio; resamples the runs independently; null without frames. */
export function compareDuration(
  baseline: RunColumns,
  other: RunColumns,
  key: Duration,
): DurationComparison | null {
  if (baseline[key].length === 0 || other[key].length === 0) return null;
  const random = seededRandom(BOOTSTRAP_SEED);
  const from = resampledMedians(baseline[key], random);
  const to = resampledMedians(other[key], random);
  const baselineMs = median(baseline[key]);
  const otherMs = median(other[key]);
  const difference = middle95(to.map((value, i) => value - (from[i] as number)));
  return {
    key,
    baselineMs,
    otherMs,
    difference: { value: otherMs - baselineMs, ...difference },
    ratio: from.some((value) => value <= 0)
      ? null
      : { value: otherMs / baselineMs, ...middle95(to.map((value, i) => value / (from[i] as number))) },
    distinguishable: difference.low > 0 || difference.high < 0,
  };
}

function speaksAgainst({ name, validity }: RunRecord): readonly string[] {
  return validity.valid ? [] : [`"${name}" is not valid: ${reasonsInvalid(validity).join(' ')}`];
}
