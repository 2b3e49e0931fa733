/** A picture as the bytes that go to an agent: scaled to what the network sees, raw RGB or JPEG. */
import type { Size } from '../domain/frame.ts';

/** The picture inside a square of `side` pixels: the longest side is scaled to it, the other rounded halves up. */
export function fittedSize({ width, height }: Size, side: number): Size {
  const scaled = (length: number) => Math.max(1, Math.round((length * side) / Math.max(width, height)));
  return { width: scaled(width), height: scaled(height) };
}

export class FrameBytes {
  private readonly context: OffscreenCanvasRenderingContext2D;

  constructor() {
    // As the worker draws its input: without alpha nothing is premultiplied; read often, it stays in main memory.
    const context = new OffscreenCanvas(1, 1).getContext('2d', { alpha: false, willReadFrequently: true });
    if (context === null) throw new Error('This browser gives no 2D canvas.');
    this.context = context;
  }

  /** Draws the picture at `size` and reads it: RGBA, row-major, opaque. */
  read(pixels: ImageBitmap, size: Size): ImageData {
    this.draw(pixels, size);
    return this.context.getImageData(0, 0, size.width, size.height);
  }

  /** @param quality01 0..1 */
  async jpeg(pixels: ImageBitmap, size: Size, quality01: number): Promise<Uint8Array<ArrayBuffer>> {
    this.draw(pixels, size);
    const blob = await this.context.canvas.convertToBlob({ type: 'image/jpeg', quality: quality01 });
    return new Uint8Array(await blob.arrayBuffer());
  }

  private draw(pixels: ImageBitmap, { width, height }: Size): void {
    const { canvas } = this.context;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      // The worker's choice, so that both sides see the same picture where both scale.
      this.context.imageSmoothingQuality = 'medium';
    }
    this.context.drawImage(pixels, 0, 0, width, height);
  }
}

/** Three bytes per pixel of four. */
export function rgbOf({ data }: ImageData): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from] as number;
    rgb[to + 1] = data[from + 1] as number;
    rgb[to + 2] = data[from + 2] as number;
  }
  return rgb;
}
