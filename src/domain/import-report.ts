/** What an import found, folded and costs, as plain data for the command line, the page and the model's description. */

/** Storage types of a network's weights. */
export const WEIGHT_STORAGES = ['float32', 'float16', 'uint8'] as const;
export type WeightStorage = (typeof WEIGHT_STORAGES)[number];

export interface ImportReport {
  /** In display order. */
  readonly found: readonly { readonly label: string; readonly value: string }[];
  /** Passes that found something, in the order they ran. */
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
