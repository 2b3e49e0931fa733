/** The input and the results of an evaluation: plan, data set report, accuracy of one configuration. */
import type { AnyDescription } from '../agent-description.ts';
import type { Setup } from '../setup.ts';
import type { AxisDisplacement } from './border-displacement.ts';
import type { Estimate } from '../measuring/run-comparison.ts';

export interface EvaluationPlan {
  /** >= 1, scored one after another over the same pictures. */
  readonly choices: readonly Setup[];
  /** Name of one of DataSetReport.lists; null: every pair. */
  readonly list: string | null;
  /** Only the first pictures, this many; null: all. */
  readonly limit: number | null;
  /** Nothing overlaps: slower, but each part is timed on its own (for benches). */
  readonly oneAtATime?: true;
}

/** An item that was left out, with the reason in one sentence; the evaluation continued. */
export interface Skipped {
  /** Name of the picture or file, without a folder. */
  readonly name: string;
  readonly reason: SkipReason;
  readonly sentence: string;
}

export const SKIP_REASONS = [
  'no-mask',
  'no-picture',
  'listed-but-missing',
  'ambiguous-name',
  'unreadable-picture',
  'unreadable-mask',
  'no-permission',
  'size-differs',
  'colour-mask',
  'class-out-of-range',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** The contents of the folder, read before any picture is decoded. */
export interface DataSetReport {
  /** Name of the folder or zip, as written into reports. */
  readonly name: string;
  readonly layout: 'voc' | 'two-folders';
  /** Pictures with a mask of the same name. */
  readonly pairs: number;
  /** ImageSets/Segmentation/*.txt; `pairs` counts the listed names that are present. */
  readonly lists: readonly { readonly name: string; readonly pairs: number }[];
  /** Every unusable file and pair. */
  readonly skipped: readonly Skipped[];
  /** Name of the active mapping; null: mask values are class indices. */
  readonly mapping: string | null;
}

/**
 * The time of a picture outside the network, ms, each part on its own clock. Overlapping parts slow each other down, so
 * their sum means little. In a plan that works one at a time, the sum is whole less inference.
 */
export interface PartTimes {
  /** Reading and decoding picture and mask. */
  readonly prepare: number;
  readonly preprocess: number;
  readonly postprocess: number;
  /** To the worker or the agent and back, with encoding and decoding. */
  readonly transport: number;
  /** Confusion matrix, boundaries, shrinking the labels for storage. */
  readonly count: number;
}

export interface ClassAccuracy {
  readonly index: number;
  readonly name: string;
  /** 0..1; null: no truth pixel has this class, so it is not applicable (and not 0). */
  readonly iou: number | null;
  /** Pictures whose truth has the class. */
  readonly pictures: number;
  readonly truthPixels: number;
  readonly predictedPixels: number;
  /** Mean over the pictures where truth or prediction has the class, 0..1; null: there are none. */
  readonly boundaryF: number | null;
}

/** All shares 0..1; null: nothing was counted. */
export interface AccuracyFigures {
  /** Over the classes present in the truth. */
  readonly meanIou: Estimate | null;
  /**
   * Over all classes. A class that only the prediction has counts as 0. A class that neither has is not applicable and
   * left out (undefinedClasses; the devkit's mean would be "nan").
   */
  readonly meanIouAll: {
    readonly value: number;
    readonly absentPredicted: number;
    readonly undefinedClasses: number;
  } | null;
  readonly pixelAccuracy: Estimate | null;
  readonly frequencyWeightedIou: number | null;
  /** Mean over classes of ClassAccuracy.boundaryF. */
  readonly boundaryF: number | null;
  readonly classes: readonly ClassAccuracy[];
}

/**
 * A published figure beside the measured one; the published one may use another set of pictures or another protocol.
 */
export interface PublishedBeside {
  readonly meanIou: number;
  readonly split: 'val' | 'test';
  readonly protocol: string;
  readonly source: string;
}

/** One configuration over one set of pictures, complete or not; stored in this browser. */
export interface EvaluationResult {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly setup: Setup;
  readonly description: AnyDescription;
  readonly dataSet: { readonly name: string; readonly list: string | null; readonly mapping: string | null };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly userAgent: string;
  readonly segscopeVersion: string;
  /** Pictures to score, pictures scored, and pictures left out with their reasons. */
  readonly planned: number;
  readonly scored: number;
  readonly skipped: readonly Skipped[];
  /** 'partial': cancelled, paused, running or ended by a failure; the figures cover the `scored` pictures. */
  readonly state: 'complete' | 'partial';
  readonly figures: AccuracyFigures;
  /** Row-major, classes rows of truth x (classes + 1) columns; the last column: predicted as no class. */
  readonly matrix: readonly number[];
  /**
   * ms, medians over the scored pictures; null before the first. wholeMs: from one picture to the next; otherMs: whole
   * less inference, the time spent outside the network. parts: absent in results of an earlier Segscope.
   */
  readonly latency: {
    readonly inferenceMs: number;
    readonly segmentMs: number;
    readonly otherMs: number;
    readonly wholeMs: number;
    readonly parts?: PartTimes;
  } | null;
  /** Sums over the pictures, ms; they give whole time over inference time. */
  readonly totals: { readonly inferenceMs: number; readonly wholeMs: number };
  /** One sentence: this checkpoint was trained on these pictures; null if no source says so. */
  readonly leak: string | null;
  readonly published: PublishedBeside | null;
}

/** Two configurations over the pictures that both scored. */
export interface PairedComparison {
  /** Pictures that both scored. */
  readonly pictures: number;
  /** Mean IoU over the classes present, for both, on those pictures. */
  readonly baseline: number;
  readonly other: number;
  /** other - baseline, with its 95 % interval over resampled pictures (the same resamples for both). */
  readonly difference: Estimate;
  /** True when the interval excludes 0: the choice of pictures does not explain the difference. */
  readonly distinguishable: boolean;
  /** The same result in one sentence. */
  readonly verdict: string;
  /** Pictures on which the other is better, equal and worse, by the picture's mean IoU. */
  readonly better: number;
  readonly equal: number;
  readonly worse: number;
  /** Largest differences first. */
  readonly perPicture: readonly {
    readonly name: string;
    readonly baseline: number;
    readonly other: number;
    readonly difference: number;
  }[];
  readonly warnings: readonly string[];
}

/** A picture with its score. */
export interface RankedPicture {
  readonly name: string;
  /** Over the classes present in its truth, 0..1. */
  readonly meanIou: number;
  readonly pixelAccuracy: number;
}

/** A picture behind a cell of the confusion matrix. */
export interface CellPicture {
  readonly name: string;
  /** Pixels of the cell in this picture. */
  readonly pixels: number;
  /** Of all pixels of the cell, 0..1. */
  readonly share01: number;
}

/** How one configuration changes the labels of another, on the pictures that both scored. */
export interface LabelChange {
  /** Number of pictures compared; a large common set is sampled evenly. */
  readonly pictures: number;
  /**
   * Share of the pixels with the same label, among pixels that are void on neither side, 0..1; null: there are none.
   */
  readonly agreement01: number | null;
  /** Borders of the other relative to the baseline; + is to the right, or down. */
  readonly x: AxisDisplacement;
  readonly y: AxisDisplacement;
}
