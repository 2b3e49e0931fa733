/** A picture as a file, at its own size and never mirrored. */

const QUALITY = 0.95;

/** The caller keeps the pixels. @throws Error when the browser cannot encode it */
export async function encodePicture(pixels: ImageBitmap, format: 'jpeg' | 'png'): Promise<Blob> {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('There is no canvas to encode the picture on.');
  context.drawImage(pixels, 0, 0);
  return canvas.convertToBlob({ type: `image/${format}`, quality: QUALITY });
}
