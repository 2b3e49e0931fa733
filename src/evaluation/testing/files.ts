/** Makes data set files in memory, for tests. */
import { encode } from 'fast-png';
import { VOC_COLORMAP } from '../../domain/labels/colormap.ts';
import type { DataSetFile } from '../zip-archive.ts';

/** Files at these paths; a string is the content of its file. */
export function filesOf(
  ...paths: readonly (string | readonly [path: string, text: string])[]
): DataSetFile[] {
  return paths.map((item) => {
    const [path, text] = typeof item === 'string' ? [item, ''] : item;
    return { path, open: () => Promise.resolve(new Blob([text])) };
  });
}

export const VOC_PALETTE = VOC_COLORMAP.map((rgb) => [...rgb]);

/** An 8-bit palette PNG with these indices, as the VOC devkit stores masks. */
export function palettePng(
  width: number,
  height: number,
  indices: readonly number[],
  palette = VOC_PALETTE,
): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from(indices);
  return Uint8Array.from(encode({ width, height, data, depth: 8, channels: 1, palette }));
}
