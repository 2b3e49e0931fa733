/** Facts about an imported network, as plain data for the catalogue, the command line and the page. */
import type { ClassListId } from '../domain/labels/class-list.ts';
import type { GraphPadding } from '../catalogue/catalogue.ts';

/** Enough for a catalogue entry; null if unknown. */
export interface ModelFacts {
  readonly architecture: string | null;
  readonly backbone: string | null;
  readonly depthMultiplier: number | null;
  /** Input pixels per pixel of the encoder's last feature map. */
  readonly outputStride: number;
  readonly classes: number;
  readonly classList: ClassListId | null;
  /** Sides of the square input that the network can run at, px, ascending. */
  readonly inputSizes: readonly number[];
  /** Those at which the published network runs too; empty if it takes no square input. */
  readonly comparableSizes: readonly number[];
  readonly padding: GraphPadding;
  readonly precision: string;
  readonly inputName: string;
  readonly logitsName: string;
}
