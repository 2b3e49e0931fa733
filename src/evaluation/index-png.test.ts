import { decode, encode } from 'fast-png';
import fc from 'fast-check';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeIndexPng } from './index-png.ts';
import { palettePng } from './testing/files.ts';

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  new DataView(bytes.buffer).setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);
  return bytes;
}

const joined = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** An 8-bit grey PNG of these rows, each behind the byte of its filter; `cuts` parts of the packed bytes. */
function filteredPng(width: number, rows: readonly (readonly number[])[], cuts = 1): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, rows.length);
  view.setUint8(8, 8);
  const packed = Uint8Array.from(deflateSync(Uint8Array.from(rows.flat())));
  const size = Math.ceil(packed.length / cuts);
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    ...Array.from({ length: cuts }, (_, i) => chunk('IDAT', packed.subarray(i * size, (i + 1) * size))),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

describe('a PNG of indices', () => {
  test('is read like fast-png does, with any row filters and any split of its data', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 1, max: 12 })
          .chain((width) =>
            fc.tuple(
              fc.constant(width),
              fc.array(
                fc.tuple(
                  fc.integer({ min: 0, max: 4 }),
                  fc.array(fc.integer({ min: 0, max: 255 }), { minLength: width, maxLength: width }),
                ),
                { minLength: 1, maxLength: 8 },
              ),
              fc.integer({ min: 1, max: 3 }),
            ),
          ),
        async ([width, rows, cuts]) => {
          const png = filteredPng(
            width,
            rows.map(([filter, row]) => [filter, ...row]),
            cuts,
          );
          const read = await decodeIndexPng(png);
          expect([...(read?.data ?? [])]).toEqual([...decode(png).data]);
        },
      ),
    );
  });

  test('keeps its palette', async () => {
    const read = await decodeIndexPng(palettePng(3, 1, [0, 15, 255]));
    expect(read).toMatchObject({ width: 3, height: 1, depth: 8, channels: 1 });
    expect([...(read?.data ?? [])]).toEqual([0, 15, 255]);
    expect(read?.palette?.[15]).toEqual([192, 128, 128]);
  });

  test('goes to the other decoder if it has colours or 16 bits or is not a PNG', async () => {
    const colour = encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3), depth: 8, channels: 3 });
    const deep = encode({ width: 1, height: 1, data: Uint16Array.of(700), depth: 16, channels: 1 });
    for (const bytes of [colour, deep, new TextEncoder().encode('no picture'), new Uint8Array(0)]) {
      expect(await decodeIndexPng(Uint8Array.from(bytes))).toBeNull();
    }
  });

  test('goes to the other decoder if it is truncated, too short for its size, or damaged', async () => {
    const whole = palettePng(40, 30, new Array<number>(1200).fill(7));
    for (let bytes = 0; bytes < whole.length; bytes += 7) {
      expect(await decodeIndexPng(whole.slice(0, bytes))).toBeNull();
    }
    expect(await decodeIndexPng(filteredPng(4, [[0, 1, 2, 3]]))).toBeNull();
    expect(await decodeIndexPng(filteredPng(2, [[0, 1, 2, 3]]))).toBeNull();
    expect(await decodeIndexPng(filteredPng(2, [[5, 1, 2]]))).toBeNull();
    const damaged = filteredPng(4, [[0, 1, 2, 3, 4]]);
    const data = damaged.lastIndexOf(0x54) + 6;
    damaged[data] = (damaged[data] ?? 0) ^ 0xff;
    expect(await decodeIndexPng(damaged)).toBeNull();
  });
});
