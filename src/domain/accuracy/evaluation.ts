/** What an evaluation is asked for and what it finds: plan, data set report, accuracy of one configuration. */
import type { AnyDescription } from '../agent-description.ts';
import type { Setup } from '../setup.ts';
import type { AxisDisplacement } from './border-displacement.ts';
import type { Estimate } from '../measuring/run-comparison.ts';

export interface EvaluationPlan {
  /** >= 1, scored one after another over the same pictures. */
  readonly choices: readonly Setup[];
  /** Name of one of DataSetReport.lists; null: every pair. */
  readonly list: string | null;
  /** The first so many pictures only; null: all. */
  readonly limit: number | null;
  /** Nothing overlaps: slower, but the time of every part is its own (for benches). */
  readonly oneAtATime?: true;
}

/** Something that was left out, and why, in one sentence; the evaluation went on. */
export interface Skipped {
  /** Of the picture or file, without a folder. */
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

/** What was found in the folder, before any picture is decoded. */
export interface DataSetReport {
  /** Of the folder or zip, as written into reports. */
  readonly name: string;
  readonly layout: 'voc' | 'two-folders';
  /** Pictures with a mask of their name. */
  readonly pairs: number;
  /** ImageSets/Segmentation/*.txt; `pairs` counts those of its names that are there. */
  readonly lists: readonly { readonly name: string; readonly pairs: number }[];
  /** Every file and pair that cannot be used. */
  readonly skipped: readonly Skipped[];
  /** Name of the mapping in force; null: mask values are class indices. */
  readonly mapping: string | null;
}

/**
 * What a picture takes beside the network, ms, each part on its own clock. While parts overlap they hold one another up,
 * so that their sum says little: of a plan that works one at a time it is whole less inference.
 */
export interface PartTimes {
  /** Read picture and mask, decode both. */
  readonly prepare: number;
  readonly preprocess: number;
  readonly postprocess: number;
  /** To the worker or the agent and back, and coding for the way. */
  readonly transport: number;
  /** Confusion matrix, boundaries, labels made small for keeping. */
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
  /** Mean over the pictures whose truth or prediction has the class, 0..1; null: none. */
  readonly boundaryF: number | null;
}

/** All shares 0..1; null: nothing was counted. */
export interface AccuracyFigures {
  /** Over the classes present in the truth. */
  readonly meanIou: Estimate | null;
  /**
   * Over all classes: one that only the prediction has counts as 0; one that neither has is not applicable and left
   * out (undefinedClasses; the devkit's mean would be "nan").
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

/** Published beside measured: another set of pictures or protocol may stand behind it. */
export interface PublishedBeside {
  readonly meanIou: number;
  readonly split: 'val' | 'test';
  readonly protocol: string;
  readonly source: string;
}

/** One configuration over one set of pictures, complete or not; kept in this browser. */
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
  /** Pictures that were to be scored, those scored, and those left out with their reasons. */
  readonly planned: number;
  readonly scored: number;
  readonly skipped: readonly Skipped[];
  /** 'partial': cancelled, paused, under way or ended by a failure; the figures are of `scored` pictures. */
  readonly state: 'complete' | 'partial';
  readonly figures: AccuracyFigures;
  /** Row-major, classes rows of truth x (classes + 1) columns; the last column: predicted as no class. */
  readonly matrix: readonly number[];
  /**
   * ms, medians over the pictures scored; null before the first. wholeMs: from one picture to the next; otherMs: whole
   * less inference, what is waited for beside the network. parts: left out by results of an earlier Segscope.
   */
  readonly latency: {
    readonly inferenceMs: number;
    readonly segmentMs: number;
    readonly otherMs: number;
    readonly wholeMs: number;
    readonly parts?: PartTimes;
  } | null;
  /** Sums over the pictures, ms: with them whole time over inference time. */
  readonly totals: { readonly inferenceMs: number; readonly wholeMs: number };
  /** One sentence: this checkpoint has seen these pictures; null where nothing says so. */
  readonly leak: string | null;
  readonly published: PublishedBeside | null;
}

/** Two configurations over the pictures that both scored. */
export interface PairedComparison {
  /** Pictures that both scored. */
  readonly pictures: number;
  /** Mean IoU over classes present of both, on those pictures. */
  readonly baseline: number;
  readonly other: number;
  /** other - baseline, with its 95 % interval over resampled pictures (both resampled alike). */
  readonly difference: Estimate;
  /** True when the interval excludes 0: more than the choice of pictures. */
  readonly distinguishable: boolean;
  /** One sentence that says so. */
  readonly verdict: string;
  /** Pictures on which the other is better, equal and worse, by mean IoU of the picture. */
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

/** A picture by how well it was segmented. */
export interface RankedPicture {
  readonly name: string;
  /** Over the classes that its truth has, 0..1. */
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

/** What one configuration does to the labels of another, on the pictures that both scored. */
export interface LabelChange {
  /** Compared; of very many in common a sample, evenly spread. */
  readonly pictures: number;
  /** Share of the pixels with the same label, of those that neither side leaves void, 0..1; null: there are none. */
  readonly agreement01: number | null;
  /** Borders of the other against those of the baseline; + is to the right, or down. */
  readonly x: AxisDisplacement;
  readonly y: AxisDisplacement;
}
