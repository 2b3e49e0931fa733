/** A PNG whose transparent pixels hide colours, as cut-outs do; the colours are known. */
import { encode } from 'fast-png';

export const TRANSPARENT_SIZE = { width: 20, height: 15 } as const;

const ALPHAS = [0, 1, 128, 255];

/** RGBA, row-major: another colour for every pixel, each alpha for a quarter of them. */
const STORED = Uint8Array.from(
  { length: TRANSPARENT_SIZE.width * TRANSPARENT_SIZE.height * 4 },
  (_, at) => ((at & 3) === 3 ? ALPHAS[(at >> 2) % 4] : (at * 37 + 11) % 256) ?? 0,
);

/** What a decoder that drops alpha gives: RGB, row-major. */
export const TRANSPARENT_RGB: readonly number[] = [...STORED.filter((_, at) => (at & 3) !== 3)];

export function transparentPng(name = 'cut.png'): File {
  const png = encode({ ...TRANSPARENT_SIZE, data: STORED, channels: 4, depth: 8 });
  return new File([Uint8Array.from(png)], name, { type: 'image/png' });
}

/** The same size, nothing transparent. */
export function whitePng(name = 'white.png'): File {
  const data = new Uint8Array(TRANSPARENT_SIZE.width * TRANSPARENT_SIZE.height * 3).fill(255);
  const png = encode({ ...TRANSPARENT_SIZE, data, channels: 3, depth: 8 });
  return new File([Uint8Array.from(png)], name, { type: 'image/png' });
}
