/** Charts as PNG: the browser draws the SVG. */
import { ProblemError } from '../domain/problems/problem.ts';

/**
 * @param svg standalone, with width and height in px
 * @param scale device pixels per px; 2 prints well at the width of a page
 * @throws ProblemError export-failed when the browser cannot draw it
 */
export async function svgToPng(svg: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await pngOf(canvas);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError({ kind: 'export-failed', what: 'chart', detail }, { cause: error });
  } finally {
    URL.revokeObjectURL(address);
  }
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the canvas is too large'));
      else resolve(blob);
    }, 'image/png'),
  );
}
