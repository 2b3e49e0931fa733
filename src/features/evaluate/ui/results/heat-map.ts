/** The confusion matrix as a heat map: which classes it shows, each cell as a share of its row, and its shade. */
import type { ClassAccuracy, EvaluationResult } from '../../../../domain/accuracy/evaluation.ts';

/** More rows are unreadable; larger class lists show the classes with the most truth pixels. */
export const MOST_CLASSES = 40;

export interface HeatCell {
  readonly truth: number;
  readonly predicted: number;
  readonly pixels: number;
  /** Of the truth pixels of its row, 0..1; null where the row has none. */
  readonly share01: number | null;
}

export interface HeatMap {
  /** In index order; rows and columns alike. */
  readonly classes: readonly ClassAccuracy[];
  /** Classes that are not shown. */
  readonly leftOut: number;
  /** Row by row, classes x classes. */
  readonly cells: readonly (readonly HeatCell[])[];
}

export function heatMapOf({ figures, matrix }: Pick<EvaluationResult, 'figures' | 'matrix'>): HeatMap {
  const all = figures.classes;
  const columns = all.length + 1;
  const classes = [...all]
    .sort((a, b) => b.truthPixels - a.truthPixels)
    .slice(0, MOST_CLASSES)
    .sort((a, b) => a.index - b.index);
  const cells = classes.map(({ index: truth, truthPixels }) =>
    classes.map(({ index: predicted }) => {
      const pixels = matrix[truth * columns + predicted] ?? 0;
      return { truth, predicted, pixels, share01: truthPixels === 0 ? null : pixels / truthPixels };
    }),
  );
  return { classes, leftOut: all.length - classes.length, cells };
}

export interface Shade {
  /** Percent of ink in the ground. */
  readonly ink: number;
  /** True if the text on it has the page's colour, not ink. */
  readonly inverse: boolean;
}

/** * Square root, so that a confusion of 1 % is visible next to a hit of 90 %. The middle of the scale is left out: * neither ink nor its inverse is readable on it.
 */
export function shadeOf(share01: number): Shade {
  const root = Math.sqrt(Math.min(1, Math.max(0, share01)));
  const inverse = root >= 0.65;
  return { ink: Math.round(inverse ? 68 + ((root - 0.65) / 0.35) * 32 : (root / 0.65) * 34), inverse };
}

/** Whole percent; nothing for what rounds to none. */
export function cellWords(share01: number | null): string {
  if (share01 === null || share01 < 0.005) return '';
  return (share01 * 100).toFixed(0);
}
