import { encode } from 'fast-png';
import fc from 'fast-check';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { VOC_COLORMAP } from '../domain/labels/colormap.ts';
import { decodeMask, type DecodedMask } from './mask-decoding.ts';
import { parseMapping, presetMapping } from './mask-mapping.ts';
import { palettePng, VOC_PALETTE } from './testing/files.ts';

const labelsOf = (mask: DecodedMask) => {
  if (mask.kind === 'refused') throw new Error(mask.sentence);
  return [...mask.labelMap.labels];
};
const refusalOf = (mask: DecodedMask) => {
  if (mask.kind === 'indices') throw new Error('It was decoded.');
  return mask;
};
const grey = (data: Uint8Array | Uint16Array, depth: 8 | 16 = 8) =>
  Uint8Array.from(encode({ width: data.length, height: 1, data, depth, channels: 1 }));
const colour = (pixels: readonly (readonly number[])[], channels: 3 | 4 = 3) =>
  Uint8Array.from(
    encode({ width: pixels.length, height: 1, data: Uint8Array.from(pixels.flat()), depth: 8, channels }),
  );

describe('a mask', () => {
  test('is read by its palette indices, exactly, void among them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(255)), {
          minLength: 1,
          maxLength: 60,
        }),
        async (indices) => {
          const mask = await decodeMask(palettePng(indices.length, 1, indices), 'm', 21, null);
          expect(labelsOf(mask)).toEqual(indices);
        },
      ),
    );
  });

  test('is read by its indices with any palette', async () => {
    const palette = VOC_PALETTE.map(([red = 0, green = 0, blue = 0]) => [blue, red + 1, green]);
    expect(labelsOf(await decodeMask(palettePng(3, 1, [0, 15, 255], palette), 'm', 21, null))).toEqual([
      0, 15, 255,
    ]);
  });

  test('is read from grey numbers of 8 and of 16 bits', async () => {
    expect(labelsOf(await decodeMask(grey(Uint8Array.of(0, 20, 255)), 'm', 21, null))).toEqual([0, 20, 255]);
    expect(labelsOf(await decodeMask(grey(Uint16Array.of(0, 20, 255), 16), 'm', 21, null))).toEqual([
      0, 20, 255,
    ]);
  });

  test('is unpacked where several numbers share a byte', async () => {
    // 5 x 2 pixels of 4 bits, a row filled up to whole bytes.
    const rows = [0, 0x12, 0x34, 0x50, 0, 0x50, 0x12, 0x30];
    expect(labelsOf(await decodeMask(packedPng(5, 2, 4, rows), 'm', 21, null))).toEqual([
      1, 2, 3, 4, 5, 5, 0, 1, 2, 3,
    ]);
  });

  test('in colour is converted if every colour is exactly that of a VOC class', async () => {
    const pixels = [0, 15, 255, 20].map((index) => VOC_COLORMAP[index] ?? []);
    expect(labelsOf(await decodeMask(colour(pixels), 'm', 21, null))).toEqual([0, 15, 255, 20]);
    expect(
      labelsOf(
        await decodeMask(
          colour(
            pixels.map((rgb) => [...rgb, 255]),
            4,
          ),
          'm',
          21,
          null,
        ),
      ),
    ).toEqual([0, 15, 255, 20]);
  });

  test('in other colours is refused, naming the colour and its position', async () => {
    const refusal = refusalOf(
      await decodeMask(
        colour([
          [0, 0, 0],
          [127, 0, 0],
        ]),
        'm',
        21,
        null,
      ),
    );
    expect(refusal.reason).toBe('colour-mask');
    expect(refusal.sentence).toContain('(127, 0, 0) at (1, 0)');
  });

  test('with a palette in another order is refused, because its indices are wrong', async () => {
    const palette = [VOC_PALETTE[15] ?? [], VOC_PALETTE[0] ?? [], VOC_PALETTE[255] ?? []];
    const refusal = refusalOf(await decodeMask(palettePng(3, 1, [1, 0, 2], palette), 'm', 21, null));
    expect(refusal.reason).toBe('colour-mask');
  });

  test('with a value outside the class list is refused, naming the value and its position', async () => {
    const refusal = refusalOf(await decodeMask(palettePng(2, 2, [0, 0, 0, 21]), 'm', 21, null));
    expect(refusal.reason).toBe('class-out-of-range');
    expect(refusal.sentence).toContain('the value 21 at (1, 1)');
  });

  test('that is truncated or not a PNG is refused', async () => {
    expect(refusalOf(await decodeMask(new TextEncoder().encode('JPEG'), 'm', 21, null)).reason).toBe(
      'unreadable-mask',
    );
    const whole = palettePng(
      40,
      40,
      Array.from({ length: 1600 }, (_, i) => i % 21),
    );
    for (const bytes of [0, 8, 60, whole.length - 40]) {
      expect(refusalOf(await decodeMask(whole.slice(0, bytes), 'm', 21, null)).reason).toBe(
        'unreadable-mask',
      );
    }
  });
});

describe('a mapping', () => {
  const mapping = parseMapping('{"7": 0, "26": 13, "0": 255}', 'city.json');

  test('turns the numbers of label images into class indices', async () => {
    expect(labelsOf(await decodeMask(grey(Uint8Array.of(7, 26, 0)), 'm', 19, mapping))).toEqual([0, 13, 255]);
  });

  test('refuses a mask with an unmapped number', async () => {
    const refusal = refusalOf(await decodeMask(grey(Uint8Array.of(7, 8)), 'm', 19, mapping));
    expect(refusal.sentence).toContain('the value 8 at (1, 0)');
    expect(refusal.sentence).toContain('"city.json"');
  });

  test('of Cityscapes knows all 34 label ids and gives the 19 classes their train ids', () => {
    const { classOf } = presetMapping('cityscapes-label-ids');
    expect([7, 8, 26, 33, 0, 29].map((id) => classOf.get(id))).toEqual([0, 1, 13, 18, 255, 255]);
    expect(new Set(classOf.values()).size).toBe(20);
  });

  test('of ADE20K maps "other" to void and leaves the 150 classes alone', () => {
    const { classOf } = presetMapping('ade20k');
    expect([0, 1, 150, 151].map((id) => classOf.get(id))).toEqual([255, 1, 150, undefined]);
  });

  test.each([
    ['{', 'not JSON'],
    ['[1]', 'one object'],
    ['{}', 'maps nothing'],
    ['{"a": 1}', '"a" is not a mask value'],
    ['{"70000": 1}', '"70000" is not a mask value'],
    ['{"7": 300}', '"7": 300 is not a class index'],
    ['{"7": "road"}', '"7": "road" is not a class index'],
  ])('written as %s is refused, and the error says why', (text, reason) =>
    expect(() => parseMapping(text, 'map.json')).toThrow(reason),
  );
});

/** A grey PNG written by hand: fast-png writes no packed bits. */
function packedPng(width: number, height: number, depth: number, rows: readonly number[]): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(depth, 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Uint8Array.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return (crc ^ 0xffffffff) >>> 0;
}
