import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../domain/problems/problem.ts';
import { seededRandom } from '../../domain/measuring/seeded-random.ts';
import { describeTflite } from './describe-tflite.ts';
import { GRAPH, readTflite } from './read-tflite.ts';
import { TINY, buildTflite, tinyOperators, tinyWith } from './testing/build-tflite.ts';
import type { BuiltModel } from './testing/build-tflite.ts';

const INT8 = new Uint8Array(
  readFileSync('public/models/segscope-mnv2-257/tflite/segscope-mnv2-257-int8.tflite'),
);

describe('readTflite', () => {
  test('gives tensors and operators as they were built', () => {
    const { tensors, operators, inputs, outputs } = readTflite(buildTflite(TINY));
    expect(tensors.map(({ name }) => name)).toEqual(TINY.tensors.map(({ name }) => name));
    expect(tensors[2]).toMatchObject({
      shape: [1, 3, 3, 4],
      type: 'uint8',
      zeroPoints: [34],
      constant: null,
    });
    expect(tensors[1]?.constant).toHaveLength(12);
    expect(operators.map(({ name }) => name)).toEqual([
      'CONV_2D',
      'RESIZE_BILINEAR',
      'RESIZE_BILINEAR',
      'ARG_MAX',
    ]);
    expect({ inputs, outputs }).toEqual({ inputs: [0], outputs: [5] });
  });

  test.each<[string, BuiltModel, RegExp]>([
    [
      'a circle',
      tinyOperators({ 0: { inputs: [4, 1] } }),
      /operator 0 \(CONV_2D\) reads tensor 4, which nothing/,
    ],
    ['a missing tensor', tinyOperators({ 3: { inputs: [99, 6] } }), /reads tensor 99/],
    ['an operator that writes a constant', tinyOperators({ 0: { outputs: [1] } }), /writes the constant 1/],
    ['an output that nothing writes', { ...TINY, outputs: [-7] }, /output is tensor -7/],
    [
      'a 2 GB tensor',
      tinyWith({ 4: { shape: [1, 40_000, 40_000, 4] } }),
      /tensors\[4\] has the impossible shape/,
    ],
    ['a negative side', tinyWith({ 4: { shape: [1, -33, 33, 4] } }), /tensors\[4\] has the impossible shape/],
    [
      'too little data',
      tinyWith({ 1: { data: new Uint8Array(5) } }),
      /tensors\[1\] needs 12 bytes of data and has 5/,
    ],
    [
      'an unknown element type',
      tinyWith({ 2: { type: 77 } }),
      /tensors\[2\] has the unknown element type 77/,
    ],
  ])('refuses %s and names it', (_, model, message) =>
    expect(() => readTflite(buildTflite(model))).toThrow(message),
  );

  test('refuses a file truncated at any byte', () => {
    const whole = buildTflite(TINY);
    for (let length = 0; length < whole.length - 3; length++) {
      expect(() => readTflite(whole.slice(0, length)), `${length} bytes`).toThrow(ProblemError);
    }
  });

  test('refuses 20,000 operators that share one table of 20,000 inputs, without counting them all', () => {
    const count = 20_000;
    const tiny = buildTflite(TINY);
    const bytes = new Uint8Array(tiny.length + 4 + 4 * count + 28 + 4 + 4 * count);
    bytes.set(tiny);
    const view = new DataView(bytes.buffer);
    const vtable = tiny.length + 4 + 4 * count;
    const table = vtable + 16;
    const inputs = table + 12;
    const { view: reader, graph } = readTflite(tiny);
    const place = reader.placeOf32(graph, GRAPH.operators, 'operators') ?? 0;
    view.setUint32(place, tiny.length - place, true);
    view.setUint32(tiny.length, count, true);
    for (let i = 0; i < count; i++) {
      const at = tiny.length + 4 + 4 * i;
      view.setUint32(at, table - at, true);
    }
    // A table whose fields 1 and 2 are both the vector behind it.
    [14, 12, 0, 4, 8].forEach((value, slot) => view.setUint16(vtable + 2 * slot, value, true));
    view.setInt32(table, table - vtable, true);
    view.setUint32(table + 4, inputs - (table + 4), true);
    view.setUint32(table + 8, inputs - (table + 8), true);
    view.setUint32(inputs, count, true);
    expect(() => readTflite(bytes)).toThrow(/overlaps what was read before/);
  });

  /** Bytes, words and lengths that parsers stumble over. */
  const mutated = (source: Uint8Array, random: () => number, reach: number): Uint8Array<ArrayBuffer> => {
    const below = (limit: number) => Math.floor(random() * limit);
    const bytes = new Uint8Array(random() < 0.1 ? source.slice(0, below(source.length)) : source);
    const view = new DataView(bytes.buffer);
    for (let left = 1 + below(4); left > 0 && bytes.length > 8; left--) {
      const at = below(Math.min(reach, bytes.length - 8));
      switch (below(4)) {
        case 0:
          bytes[at] = below(256);
          break;
        case 1:
          view.setUint32(
            at & ~3,
            [0, 1, 0x7fffffff, 0xffffffff, 0x80000000, bytes.length][below(6)] ?? 0,
            true,
          );
          break;
        case 2:
          view.setUint32(at & ~3, below(bytes.length), true);
          break;
        default:
          bytes.copyWithin(at, below(bytes.length - 8), below(bytes.length));
      }
    }
    return bytes;
  };

  test(
    '12,000 mutated files are read or refused with a sentence, without a crash or a hang',
    { timeout: 120_000 },
    () => {
      const random = seededRandom(20_261_122);
      const tiny = buildTflite(TINY);
      let refused = 0;
      for (let i = 0; i < 12_000; i++) {
        const bytes = i % 40 === 0 ? mutated(INT8, random, INT8.length) : mutated(tiny, random, tiny.length);
        try {
          describeTflite(bytes);
        } catch (error) {
          if (!(error instanceof ProblemError))
            throw new Error(`File ${i} crashed the reader.`, { cause: error });
          expect(error.problem).toMatchObject({ kind: 'model-invalid' });
          refused++;
        }
      }
      expect(refused).toBeGreaterThan(5000);
      expect(process.memoryUsage().rss).toBeLessThan(1e9);
    },
  );
});
