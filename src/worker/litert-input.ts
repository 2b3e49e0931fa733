/** Pictures as the numbers that a .tflite network takes. */
import type { InputGeometry } from './input-geometry.ts';
import { InputPixels } from './input-pixels.ts';
import type { LitertArray, LitertEncoding } from './litert-network.ts';

/** -1..1 for the bytes 0..255; the padding's 127 becomes -0.004. */
const NORMALISED = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);
const RAW = Float32Array.from({ length: 256 }, (_, byte) => byte);

export class LitertInput {
  private readonly pixels = new InputPixels('uint8');
  private readonly table: Float32Array | null;
  private floats = new Float32Array(0);

  constructor(encoding: LitertEncoding) {
    this.table = encoding === 'uint8' ? null : encoding === 'float32-raw' ? RAW : NORMALISED;
  }

  /** @returns RGB, row-major, valid until the next call. */
  read(picture: ImageBitmap, geometry: InputGeometry): LitertArray {
    return this.encode(this.pixels.read(picture, geometry));
  }

  /** @param bytes RGB, 0..255 */
  encode(bytes: Uint8Array<ArrayBuffer>): LitertArray {
    const { table } = this;
    if (table === null) return bytes;
    if (this.floats.length !== bytes.length) this.floats = new Float32Array(bytes.length);
    const { floats } = this;
    for (let i = 0; i < bytes.length; i++) floats[i] = table[bytes[i] as number] as number;
    return floats;
  }
}
