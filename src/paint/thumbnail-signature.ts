/** The signature of a picture on the graphics side: the browser scales it down before its pixels are read. */
import { signatureOf, type PictureSignature } from '../domain/labels/picture-signature.ts';

/** Four pixels per part along each side: reading back more would cost more and add nothing. */
const SIZE = { width: 64, height: 64 };

/** @throws Error when the browser gives no canvas */
export function createThumbnails(): (pixels: ImageBitmap) => PictureSignature {
  const context = new OffscreenCanvas(SIZE.width, SIZE.height).getContext('2d', {
    alpha: false,
    willReadFrequently: true,
  });
  if (context === null) throw new Error('There is no canvas to scale pictures down on.');
  context.imageSmoothingQuality = 'high';
  // Clears the previous picture, which would show through.
  context.globalCompositeOperation = 'copy';
  return (pixels) => {
    context.drawImage(pixels, 0, 0, SIZE.width, SIZE.height);
    return signatureOf(context.getImageData(0, 0, SIZE.width, SIZE.height).data, SIZE);
  };
}
