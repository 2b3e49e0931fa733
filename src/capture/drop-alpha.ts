/** Drops the alpha of a decoded picture as TensorFlow's decoder does: the colours stay as the file stores them. */

/** Raw values, as TensorFlow's decoders give them: no ICC conversion, no rounding through alpha. */
export const AS_STORED = {
  colorSpaceConversion: 'none',
  premultiplyAlpha: 'none',
} as const satisfies ImageBitmapOptions;

/** px; WebGL 2 devices take textures of this side and more. */
const TILE_SIDE = 4096;

/** Chunks before a PNG's pixels are small, except for colour profiles. */
const HEADER_BYTES = 64 * 1024;

const PNG_SIGNATURE = 0x89504e47;
const PNG_COLOUR_TYPE_AT = 25;
const PNG_FIRST_CHUNK_AT = 8;

/**
 * Takes ownership of the bitmap; returns the same bitmap if it is opaque.
 * @param bitmap decoded from `file` with AS_STORED
 * @param tileSide side of the square that is read at once, px
 * @returns opaque pixels; the caller closes them
 */
export async function dropAlpha(bitmap: ImageBitmap, file: Blob, tileSide = TILE_SIDE): Promise<ImageBitmap> {
  try {
    if (!(await mayHaveAlpha(file))) return bitmap;
    const image = (await readStored(bitmap, tileSide)) ?? readPremultiplied(bitmap);
    if (!makeOpaque(image.data)) return bitmap;
    const opaque = await createImageBitmap(image, AS_STORED);
    bitmap.close();
    return opaque;
  } catch (error) {
    bitmap.close();
    throw error;
  }
}

/** False only where the header rules alpha out, which keeps JPEG and plain PNG on the fast path. */
export async function mayHaveAlpha(file: Blob): Promise<boolean> {
  const head = new DataView(await file.slice(0, HEADER_BYTES).arrayBuffer());
  const isJpeg = head.byteLength >= 2 && head.getUint16(0) === 0xffd8;
  if (isJpeg) return false;
  if (head.byteLength <= PNG_COLOUR_TYPE_AT || head.getUint32(0) !== PNG_SIGNATURE) return true;
  if ((head.getUint8(PNG_COLOUR_TYPE_AT) & 4) !== 0) return true;
  for (let at = PNG_FIRST_CHUNK_AT; at + 8 <= head.byteLength; at += 12 + head.getUint32(at)) {
    const type = String.fromCharCode(...new Uint8Array(head.buffer, at + 4, 4));
    if (type === 'tRNS') return true;
    if (type === 'IDAT') return false;
  }
  return true;
}

/**
 * The bytes of a bitmap that is not premultiplied. Only WebGL reads them exactly: a 2D canvas premultiplies, and so does
 * VideoFrame.copyTo (Chromium 156).
 * @returns null if the browser has no WebGL 2, or lost it meanwhile
 */
async function readStored(bitmap: ImageBitmap, tileSide: number): Promise<ImageData | null> {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null) return null;
  try {
    const { width, height } = bitmap;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, gl.createBuffer());
    gl.bufferData(gl.PIXEL_PACK_BUFFER, width * height * 4, gl.STREAM_READ);
    gl.pixelStorei(gl.PACK_ROW_LENGTH, width);
    for (let y = 0; y < height; y += tileSide) {
      for (let x = 0; x < width; x += tileSide) {
        const tile = await cutTile(bitmap, x, y, tileSide);
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, tile);
        gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
        gl.pixelStorei(gl.PACK_SKIP_PIXELS, x);
        gl.pixelStorei(gl.PACK_SKIP_ROWS, y);
        gl.readPixels(0, 0, tile.width, tile.height, gl.RGBA, gl.UNSIGNED_BYTE, 0);
        tile.close();
      }
    }
    // Chromium logs a warning when a page reads pixels without waiting for them.
    const done = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    while (done !== null && gl.clientWaitSync(done, 0, 0) === gl.TIMEOUT_EXPIRED) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const image = new ImageData(width, height);
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, image.data);
    return gl.getError() === gl.NO_ERROR && !gl.isContextLost() ? image : null;
  } finally {
    // Browsers allow a page few contexts, and collect them late.
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

function cutTile(bitmap: ImageBitmap, x: number, y: number, side: number): Promise<ImageBitmap> {
  const [width, height] = [Math.min(side, bitmap.width - x), Math.min(side, bitmap.height - y)];
  return createImageBitmap(bitmap, x, y, width, height, AS_STORED);
}

/** Nearly the same: colours are rounded through alpha, and black where it is 0. */
function readPremultiplied(bitmap: ImageBitmap): ImageData {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no canvas to read the picture from.');
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, width, height);
}

/** @returns whether any pixel was not opaque */
function makeOpaque(rgba: Uint8ClampedArray): boolean {
  let changed = false;
  for (let at = 3; at < rgba.length; at += 4) {
    if (rgba[at] === 255) continue;
    rgba[at] = 255;
    changed = true;
  }
  return changed;
}
