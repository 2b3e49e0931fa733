/** What an import found and did, as plain data for the command line and the page. */
import type { GraphPadding } from './input-padding.ts';

/** Enough to make a catalogue entry; null where the network does not tell. */
export interface ModelFacts {
  readonly architecture: string | null;
  readonly backbone: string | null;
  readonly depthMultiplier: number | null;
  /** Input pixels per pixel of the encoder's last feature map. */
  readonly outputStride: number;
  readonly classes: number;
  readonly classList: 'voc' | 'cityscapes' | 'ade20k' | null;
  /** Sides of the square input that the network can run at, px, ascending. */
  readonly inputSizes: readonly number[];
  readonly padding: GraphPadding;
  readonly precision: string;
  readonly inputName: string;
  readonly logitsName: string;
}

export interface ImportReport {
  /** In the order to show. */
  readonly found: readonly { readonly label: string; readonly value: string }[];
  /** Passes that found something, in the order in which they ran. */
  readonly folded: readonly { readonly pass: string; readonly count: number }[];
  /** Without constants. */
  readonly nodesBefore: number;
  readonly nodesAfter: number;
  /** Of the converted network, as stored. */
  readonly weightBytes: number;
  /** Of one frame at the largest input size. */
  readonly multiplyAdds: number | null;
  readonly sourceFiles: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}
