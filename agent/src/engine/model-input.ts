/** A picture of any size into the network's square input: scaled if it must be, padded right and below, quantised. */
import type { FrameFit } from '../../../src/protocol/infer-frame.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export type InputType = 'uint8' | 'int8' | 'float32';

/** Mid-grey of the padding, as a byte; black would be another picture (trap 2 of the design). */
const PADDING = 127;

/**
 * Size of the picture inside a square of `side` pixels. 'fit' scales the longest side to it, rounding the other one
 * halves up as the page's own worker does; 'native' leaves alone what fits.
 */
export function pictureInside(frame: PictureSize, side: number, fit: FrameFit): PictureSize {
  const longest = Math.max(frame.width, frame.height);
  if (fit === 'native' && longest <= side) return { width: frame.width, height: frame.height };
  const scaled = (length: number) => Math.max(1, Math.round((length * side) / longest));
  return { width: scaled(frame.width), height: scaled(frame.height) };
}

/** The input as the network wants it, written by one frame and kept for benches. */
export class ModelInput {
  readonly type: InputType;
  readonly side: number;
  /** The tensor's bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  /** Value that a byte of the picture becomes; null where bytes are taken as they are. */
  private readonly table: Uint8Array | Float32Array | null;
  private picture: PictureSize | null = null;

  constructor(type: InputType, side: number) {
    this.type = type;
    this.side = side;
    const length = side * side * 3;
    this.values = type === 'float32' ? new Float32Array(length) : new Uint8Array(length);
    this.bytes = new Uint8Array(this.values.buffer);
    this.table = quantisation(type);
  }

  /** Size of the last picture; null before the first. */
  get lastPicture(): PictureSize | null {
    return this.picture;
  }

  /** @param rgb of exactly `picture` size, three bytes per pixel; no side longer than the input's */
  write(rgb: Uint8Array, picture: PictureSize): void {
    const { values, table, side } = this;
    if (this.picture?.width !== picture.width || this.picture.height !== picture.height) {
      values.fill(table === null ? PADDING : (table[PADDING] as number));
      this.picture = picture;
    }
    const rowLength = picture.width * 3;
    if (table === null && picture.width === side) {
      values.set(rgb);
      return;
    }
    for (let y = 0; y < picture.height; y++) {
      const from = y * rowLength;
      const to = y * side * 3;
      if (table === null) values.set(rgb.subarray(from, from + rowLength), to);
      else for (let i = 0; i < rowLength; i++) values[to + i] = table[rgb[from + i] as number] as number;
    }
  }
}

/**
 * Raw bytes for uint8 networks (their scale and zero point are those of -1..1), the same shifted by 128 for int8,
 * -1..1 for float (trap 1 of the design).
 */
function quantisation(type: InputType): Uint8Array | Float32Array | null {
  if (type === 'uint8') return null;
  // A signed byte has the same bits as the unsigned one with its top bit flipped.
  if (type === 'int8') return Uint8Array.from({ length: 256 }, (_, byte) => byte ^ 0x80);
  return Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);
}
