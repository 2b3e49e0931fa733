/** One captured picture with its id and size; it owns its pixels until another owner takes them. */

/** Holds memory that the garbage collector does not see; close() may be called twice. */
export interface Closable {
  close(): void;
}

export interface Frame<Pixels extends Closable = Closable> {
  /** Rises by one with every capture of a source, starting at 1. */
  readonly id: number;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly pixels: Pixels;
  /** Time the source waited for a new picture, ms (0 for still pictures). */
  readonly waitMs: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size at which a picture's longest side is `side` px. The other side is rounded to the nearest pixel, halves up, as
 * @tensorflow-models/deeplab does, and is at least 1.
 */
export function fitInside({ width, height }: Size, side: number): Size {
  const scaled = (length: number) => Math.max(1, Math.round((length * side) / Math.max(width, height)));
  return { width: scaled(width), height: scaled(height) };
}

/** Like fitInside(), but a picture that already fits keeps its size. */
export function shrinkInside({ width, height }: Size, side: number): Size {
  return Math.max(width, height) <= side ? { width, height } : fitInside({ width, height }, side);
}
