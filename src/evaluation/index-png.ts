/** Palette and grey PNGs of at most 8 bits, as masks are: their samples, inflated by the browser's own zlib. */

export interface IndexPng {
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4 or 8. */
  readonly depth: number;
  readonly channels: 1;
  /** Rows of samples, packed into bytes from the highest bit down; every row begins with a new byte. */
  readonly data: Uint8Array<ArrayBuffer>;
  /** Red, green, blue; left out for grey. */
  readonly palette?: readonly (readonly [number, number, number])[];
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER_BYTES = 13;
const GREY = 0;
const PALETTE = 3;
/** More pixels than any mask has; a hostile header may claim more. */
const MOST_BYTES = 1 << 28;

/**
 * Faster than a decoder in JavaScript, because zlib is native.
 * @returns null for everything else (colour, 16 bits, interlaced) and for damaged files: another decoder says why
 */
export async function decodeIndexPng(bytes: Uint8Array): Promise<IndexPng | null> {
  const file = readChunks(bytes);
  if (file === null) return null;
  const { width, height, depth, palette, packed } = file;
  const rowBytes = Math.ceil((width * depth) / 8);
  if ((rowBytes + 1) * height > MOST_BYTES) return null;
  const filtered = await inflated(packed, (rowBytes + 1) * height);
  if (filtered === null) return null;
  const data = unfiltered(filtered, rowBytes, height);
  if (data === null) return null;
  return { width, height, depth, channels: 1, data, ...(palette !== null && { palette }) };
}

interface PngChunks {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly palette: readonly (readonly [number, number, number])[] | null;
  readonly packed: readonly Uint8Array<ArrayBuffer>[];
}

/** PNG specification, sections 5 and 11: length, type, content and checksum, one after another. */
function readChunks(bytes: Uint8Array): PngChunks | null {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: { width: number; height: number; depth: number; colour: number } | null = null;
  let palette: [number, number, number][] | null = null;
  const packed: Uint8Array<ArrayBuffer>[] = [];
  let ended = false;
  for (let at = SIGNATURE.length; !ended && at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (content.length < length || at + 12 + length > bytes.length) return null;
    if (type === 'IHDR') {
      if (length !== HEADER_BYTES || view.getUint8(at + 8 + 12) !== 0) return null;
      header = {
        width: view.getUint32(at + 8),
        height: view.getUint32(at + 12),
        depth: view.getUint8(at + 16),
        colour: view.getUint8(at + 17),
      };
    } else if (type === 'PLTE') {
      palette = Array.from({ length: Math.floor(length / 3) }, (_, i) => [
        content[3 * i] as number,
        content[3 * i + 1] as number,
        content[3 * i + 2] as number,
      ]);
    } else if (type === 'IDAT') packed.push(Uint8Array.from(content));
    else if (type === 'IEND') ended = true;
    // A chunk in capitals must be understood; tRNS and other lower-case chunks do not change the numbers.
    else if (/^[A-Z]/.test(type)) return null;
    at += 12 + length;
  }
  if (
    !ended ||
    header === null ||
    header.width < 1 ||
    header.height < 1 ||
    ![1, 2, 4, 8].includes(header.depth)
  ) {
    return null;
  }
  const { width, height, depth, colour } = header;
  if (colour === PALETTE ? palette === null : colour !== GREY) return null;
  return { width, height, depth, palette: colour === PALETTE ? palette : null, packed };
}

/** null if it is not a zlib stream of exactly this many bytes. */
async function inflated(
  packed: readonly Uint8Array<ArrayBuffer>[],
  length: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  const stream = new DecompressionStream('deflate');
  const reader = stream.readable.getReader();
  try {
    const writing = write(stream.writable, packed);
    writing.catch(() => undefined);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return filled === length ? bytes : null;
      if (filled + value.length > length) {
        await reader.cancel();
        return null;
      }
      bytes.set(value, filled);
      filled += value.length;
    }
  } catch {
    return null;
  }
}

async function write(
  writable: DecompressionStream['writable'],
  packed: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
  const writer = writable.getWriter();
  for (const part of packed) await writer.write(part);
  await writer.close();
}

/** PNG specification, section 9, for one byte per pixel or less: the byte to the left is the one before. */
function unfiltered(filtered: Uint8Array, rowBytes: number, height: number): Uint8Array<ArrayBuffer> | null {
  const data = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const from = y * (rowBytes + 1) + 1;
    const to = y * rowBytes;
    const filter = filtered[from - 1] as number;
    if (filter > 4) return null;
    data.set(filtered.subarray(from, from + rowBytes), to);
    if (filter !== 0) unfilterRow(data, filter, to, rowBytes);
  }
  return data;
}

const SUB = 1;
const UP = 2;
const AVERAGE = 3;

function unfilterRow(data: Uint8Array, filter: number, start: number, rowBytes: number): void {
  for (let x = 0; x < rowBytes; x++) {
    const at = start + x;
    const left = x === 0 ? 0 : (data[at - 1] as number);
    const above = start === 0 ? 0 : (data[at - rowBytes] as number);
    const corner = x === 0 || start === 0 ? 0 : (data[at - rowBytes - 1] as number);
    const predicted =
      filter === SUB
        ? left
        : filter === UP
          ? above
          : filter === AVERAGE
            ? (left + above) >> 1
            : paeth(left, above, corner);
    data[at] = (data[at] as number) + predicted;
  }
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [
    Math.abs(estimate - left),
    Math.abs(estimate - above),
    Math.abs(estimate - corner),
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
