/** Pictures as the numbers that a .tflite network takes. */
import type { InputGeometry } from './input-geometry.ts';
import { InputPixels, PADDING_VALUE } from './input-pixels.ts';
import type { LitertArray, LitertEncoding } from './litert-network.ts';

/** -1..1 for the bytes 0..255; the padding's 127 becomes -0.004. */
const NORMALISED = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);
const RAW = Float32Array.from({ length: 256 }, (_, byte) => byte);

/** Produces the input of a network. */
export interface LitertPictureInput {
  /** @returns RGB, row-major, valid until the next call. */
  read(picture: ImageBitmap, geometry: InputGeometry): LitertArray;
  /** A plain grey input. */
  grey(inputSize: number): LitertArray;
}

export class LitertInput implements LitertPictureInput {
  private readonly pixels = new InputPixels('uint8');
  private readonly table: Float32Array | null;
  private floats = new Float32Array(0);

  constructor(encoding: LitertEncoding) {
    this.table = encoding === 'uint8' ? null : encoding === 'float32-raw' ? RAW : NORMALISED;
  }

  read(picture: ImageBitmap, geometry: InputGeometry): LitertArray {
    return this.encode(this.pixels.read(picture, geometry));
  }

  grey(inputSize: number): LitertArray {
    return this.encode(new Uint8Array(inputSize * inputSize * 3).fill(PADDING_VALUE));
  }

  /** @param bytes RGB, 0..255 */
  private encode(bytes: Uint8Array<ArrayBuffer>): LitertArray {
    const { table } = this;
    if (table === null) return bytes;
    if (this.floats.length !== bytes.length) this.floats = new Float32Array(bytes.length);
    const { floats } = this;
    for (let i = 0; i < bytes.length; i++) floats[i] = table[bytes[i] as number] as number;
    return floats;
  }
}

/** A graph takes raw values and normalises them itself; int32 input is given as whole numbers in floats. */
export class GraphInput implements LitertPictureInput {
  private readonly pixels: InputPixels<'int32' | 'float32'>;
  private floats = new Float32Array(0);

  constructor(dtype: 'int32' | 'float32') {
    this.pixels = new InputPixels(dtype);
  }

  read(picture: ImageBitmap, geometry: InputGeometry): LitertArray {
    const values = this.pixels.read(picture, geometry);
    if (values instanceof Float32Array) return values;
    if (this.floats.length !== values.length) this.floats = new Float32Array(values.length);
    this.floats.set(values);
    return this.floats;
  }

  grey(inputSize: number): LitertArray {
    return new Float32Array(inputSize * inputSize * 3).fill(PADDING_VALUE);
  }
}
