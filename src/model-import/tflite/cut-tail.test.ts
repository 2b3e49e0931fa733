import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cutTail } from './cut-tail.ts';
import { readTflite } from './read-tflite.ts';
import { TINY, buildTflite, tinyOperators, tinyWith } from './testing/build-tflite.ts';
import type { BuiltModel } from './testing/build-tflite.ts';

/** Coral's files; not part of the repository. */
const CORAL = '../shared/models/coral';
const EMBEDDED = 'public/models/segscope-mnv2-257/tflite';

const cut = (model: BuiltModel) => cutTail(buildTflite(model));

describe('cutTail', () => {
  test('drops argmax and both resizes, and the logits become the output everywhere it is named', () => {
    const original = buildTflite(TINY);
    const { bytes, dropped, logits } = cutTail(original);
    expect(dropped).toEqual(['RESIZE_BILINEAR', 'RESIZE_BILINEAR', 'ARG_MAX']);
    expect(logits).toMatchObject({ name: 'logits', type: 'uint8', gridHeight: 3, gridWidth: 3, classes: 4 });
    expect(logits.quantization?.zeroPoint).toBe(34);
    const model = readTflite(bytes);
    expect(model.outputs).toEqual([2]);
    expect(model.operators.map(({ name }) => name)).toEqual(['CONV_2D']);
  });

  test('changes nothing but the output, the number of operators and the signature, and leaves the original alone', () => {
    const original = buildTflite(TINY);
    const before = original.slice();
    const { bytes } = cutTail(original);
    expect(original).toEqual(before);
    expect(bytes).toHaveLength(before.length);
    const words = new Set<number>();
    bytes.forEach((byte, at) => {
      if (byte !== before[at]) words.add(Math.floor(at / 4));
    });
    expect(words.size).toBe(3);
  });

  test('cutting twice changes nothing more', () => {
    const { bytes } = cut(TINY);
    const again = cutTail(bytes);
    expect(again.dropped).toEqual([]);
    expect(again.bytes).toBe(bytes);
  });

  test('float scores without an argmax are cut as well', () => {
    const float = tinyWith(Object.fromEntries([0, 2, 3, 4].map((index) => [index, { type: 0 }])));
    const { dropped, logits } = cut({ ...float, operators: float.operators.slice(0, 3), outputs: [4] });
    expect(dropped).toEqual(['RESIZE_BILINEAR', 'RESIZE_BILINEAR']);
    expect(logits).toMatchObject({ type: 'float32', quantization: null });
  });

  test.each<[string, BuiltModel, RegExp]>([
    ['changes the scale', tinyWith({ 4: { scale: 0.3 } }), /"large"\) changes the scale of the scores/],
    ['changes the zero point', tinyWith({ 4: { zeroPoint: 35 } }), /changes the zero point/],
    ['changes the scale before an identity', tinyWith({ 2: { scale: 0.1 } }), /"same"\) changes the scale/],
    ['does not align corners', tinyOperators({ 2: { alignCorners: false } }), /does not align corners/],
    ['has half-pixel centres', tinyOperators({ 2: { halfPixelCenters: true } }), /does not align corners/],
    [
      'is not as large as the picture',
      tinyWith({ 4: { shape: [1, 17, 17, 4] }, 5: { shape: [1, 17, 17] } }),
      /does not give the size of its picture/,
    ],
    [
      'comes after another enlargement',
      tinyWith({ 3: { shape: [1, 9, 9, 4] } }),
      /enlarges its scores twice/,
    ],
  ])('refuses a resize that %s', (_, model, message) => expect(() => cut(model)).toThrow(message));

  test.each<[string, BuiltModel, RegExp]>([
    [
      'argmax over rows',
      tinyWith({ 6: { data: new Uint8Array([1, 0, 0, 0]) } }),
      /ARG_MAX does not run over the classes/,
    ],
    [
      'argmax of scores that were never enlarged',
      { ...TINY, operators: [...TINY.operators.slice(0, 1), { code: 56, inputs: [2, 6], outputs: [5] }] },
      /no RESIZE_BILINEAR before/,
    ],
    [
      'another last operator',
      tinyOperators({ 3: { code: 25 } }),
      /ends in SOFTMAX with the shape \[1, 33, 33\]/,
    ],
    ['two outputs', { ...TINY, outputs: [5, 2] }, /has 2 outputs/],
    [
      'no network before the tail',
      {
        ...tinyWith({ 0: { shape: [1, 33, 33, 4], scale: 0.2, zeroPoint: 34 } }),
        operators: [
          { code: 23, inputs: [0], outputs: [4] },
          { code: 56, inputs: [4, 6], outputs: [5] },
        ],
      },
      /there is no network between its input and its logits/,
    ],
    ['16-bit scores', tinyWith({ 2: { type: 7 }, 3: { type: 7 }, 4: { type: 7 } }), /int16, neither/],
  ])('refuses %s', (_, model, message) => expect(() => cut(model)).toThrow(message));

  test('refuses a signature that names its output by default, because there is no number to overwrite', () => {
    const order = [5, 1, 2, 3, 4, 0, 6];
    const swap = (index: number) => order[index] ?? index;
    const model: BuiltModel = {
      tensors: order.flatMap((index) => TINY.tensors.slice(index, index + 1)),
      operators: TINY.operators.map((operator) => ({
        ...operator,
        inputs: operator.inputs.map(swap),
        outputs: operator.outputs.map(swap),
      })),
      inputs: [5],
      outputs: [0],
      signatureOutput: 0,
    };
    expect(() => cut(model)).toThrow(/names its output by default/);
  });

  test.each(readdirSync(EMBEDDED))('the embedded %s ends at its logits already', (file) => {
    const bytes = new Uint8Array(readFileSync(join(EMBEDDED, file)));
    const { dropped, logits } = cutTail(bytes);
    expect(dropped).toEqual([]);
    expect(logits).toMatchObject({ gridHeight: 17, gridWidth: 17, classes: 21 });
  });

  test.skipIf(!existsSync(CORAL))(
    'Coral files are cut at 33 x 33 logits, those compiled for the Edge TPU too (skipped without ../shared)',
    () => {
      const files = readdirSync(CORAL).filter((file) => file.endsWith('.tflite'));
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const { dropped, logits } = cutTail(new Uint8Array(readFileSync(join(CORAL, file))));
        expect(dropped.at(-1), file).toBe('ARG_MAX');
        expect(logits, file).toMatchObject({ type: 'uint8', gridHeight: 33, gridWidth: 33 });
      }
    },
  );
});
