/** Draws pictures at their input size and returns them as RGB numbers in one reused array. */
import type { Size } from '../domain/frame.ts';
import type { InputGeometry } from './input-geometry.ts';

/** DeepLab pads with its mean pixel, 127.5; in bytes 127. The network would see black as a dark object. */
export const PADDING_VALUE = 127;

/** For graphs with float input: exactly the value that they normalise to 0. */
export const FLOAT_PADDING_VALUE = 127.5;

interface InputArrays {
  readonly int32: Int32Array<ArrayBuffer>;
  readonly float32: Float32Array<ArrayBuffer>;
  readonly uint8: Uint8Array<ArrayBuffer>;
}

const ARRAYS: {
  readonly [Dtype in keyof InputArrays]: new (length: number) => InputArrays[Dtype];
} = { int32: Int32Array, float32: Float32Array, uint8: Uint8Array };

export type InputDtype = keyof InputArrays;
export type InputArray<Dtype extends InputDtype> = InputArrays[Dtype];

export class InputPixels<Dtype extends InputDtype> {
  private readonly context: OffscreenCanvasRenderingContext2D;
  private readonly dtype: Dtype;
  private array: InputArray<Dtype>;
  private tensor: Size = { width: 0, height: 0 };
  private picture: Size = { width: 0, height: 0 };

  constructor(dtype: Dtype) {
    this.dtype = dtype;
    this.array = this.allocate(0);
    // No alpha means no premultiplication, and willReadFrequently keeps the canvas in main memory.
    const context = new OffscreenCanvas(1, 1).getContext('2d', { alpha: false, willReadFrequently: true });
    if (context === null) throw new Error('This browser provides no 2D canvas in workers.');
    this.context = context;
  }

  /**
   * @returns raw RGB, 0..255, row-major, tensor.height x tensor.width x 3, valid until the next call: DeepLab graphs
   *   normalise inside.
   */
  read(pixels: ImageBitmap, geometry: InputGeometry): InputArray<Dtype> {
    this.resize(geometry);
    const { width, height } = geometry.picture;
    const { x, y: top, width: columns, height: rows } = geometry.region ?? { x: 0, y: 0, ...sizeOf(pixels) };
    this.context.drawImage(pixels, x, top, columns, rows, 0, 0, width, height);
    const rgba = this.context.getImageData(0, 0, width, height).data;
    const rgb: Int32Array | Float32Array | Uint8Array = this.array;
    const rowEnd = geometry.tensor.width * 3;
    for (let y = 0, from = 0; y < height; y++) {
      for (let x = 0, to = y * rowEnd; x < width; x++, from += 4, to += 3) {
        rgb[to] = rgba[from] as number;
        rgb[to + 1] = rgba[from + 1] as number;
        rgb[to + 2] = rgba[from + 2] as number;
      }
    }
    return this.array;
  }

  private resize({ picture, tensor }: InputGeometry): void {
    if (!sameSize(tensor, this.tensor)) {
      this.array = this.allocate(tensor.width * tensor.height * 3);
    } else if (sameSize(picture, this.picture)) {
      return;
    }
    this.array.fill(this.dtype === 'float32' ? FLOAT_PADDING_VALUE : PADDING_VALUE);
    this.tensor = tensor;
    this.picture = picture;
    this.context.canvas.width = picture.width;
    this.context.canvas.height = picture.height;
    // Setting the size has reset the context. 'low' skips pixels when a picture shrinks: on 41 VOC pictures fitted
    // into 257 mean IoU is 0.372 with it, 0.400 with 'medium' and with 'high', for 1.1 ms more (640 x 480, 2 cores).
    this.context.imageSmoothingQuality = 'medium';
    // The previous picture must not show through, whatever the alpha of the next one.
    this.context.globalCompositeOperation = 'copy';
  }

  private allocate(length: number): InputArray<Dtype> {
    return new ARRAYS[this.dtype](length);
  }
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height });

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}
