/** Writes a picture into the network's square input: padded to the right and below, quantised. */
import type { Size } from '../../../src/domain/frame.ts';

export type InputType = 'uint8' | 'int8' | 'float32';

/** Mid-grey of the padding, as a byte; the network would see black as a dark object. */
const PADDING = 127;

/** The input of the network, written by a frame and kept for benches. */
export class ModelInput {
  readonly type: InputType;
  readonly side: number;
  /** The tensor's bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  /** Value that a byte of the picture becomes; null if bytes are used unchanged. */
  private readonly table: Uint8Array | Float32Array | null;
  private picture: Size | null = null;

  constructor(type: InputType, side: number) {
    this.type = type;
    this.side = side;
    const length = side * side * 3;
    this.values = type === 'float32' ? new Float32Array(length) : new Uint8Array(length);
    this.bytes = new Uint8Array(this.values.buffer);
    this.table = quantisation(type);
  }

  /** Size of the last picture; null before the first. */
  get lastPicture(): Size | null {
    return this.picture;
  }

  /** @param rgb of exactly `picture` size, three bytes per pixel; no side longer than the input's */
  write(rgb: Uint8Array, picture: Size): void {
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
 * -1..1 for float.
 */
function quantisation(type: InputType): Uint8Array | Float32Array | null {
  if (type === 'uint8') return null;
  // A signed byte has the same bits as the unsigned one with its top bit flipped.
  if (type === 'int8') return Uint8Array.from({ length: 256 }, (_, byte) => byte ^ 0x80);
  return Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);
}
