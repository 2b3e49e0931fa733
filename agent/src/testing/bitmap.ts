/** Reads the uncompressed Windows bitmaps of the reference data, which libvips does not. */

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Row-major from the top: RGB of 24-bit files, palette indices of 8-bit ones. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** @throws Error for any other kind of bitmap */
export function readBitmap(file: Buffer): Bitmap {
  const bytesPerPixel = file.readUInt16LE(28) / 8;
  if (file.toString('latin1', 0, 2) !== 'BM' || (bytesPerPixel !== 1 && bytesPerPixel !== 3)) {
    throw new Error('It is not a bitmap of 8 or 24 bits.');
  }
  const [start, width, height] = [file.readUInt32LE(10), file.readInt32LE(18), file.readInt32LE(22)];
  if (height < 0) throw new Error('Its rows are stored from the top.');
  const rowBytes = Math.ceil((width * bytesPerPixel) / 4) * 4;
  const pixels = new Uint8Array(width * height * bytesPerPixel);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, from = start + (height - 1 - y) * rowBytes; x < width; x++, from += bytesPerPixel) {
      // Blue comes first.
      for (let c = bytesPerPixel - 1; c >= 0; c--) pixels[at++] = file[from + c] as number;
    }
  }
  return { width, height, pixels };
}
