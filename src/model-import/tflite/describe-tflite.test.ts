import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeTflite } from './describe-tflite.ts';
import { namingFile } from './refusal.ts';
import { TINY, buildTflite, tinyOperators, tinyWith } from './testing/build-tflite.ts';

const EMBEDDED = 'public/models/segscope-mnv2-257/tflite/segscope-mnv2-257-';
const embedded = (name: string) => describeTflite(new Uint8Array(readFileSync(`${EMBEDDED}${name}.tflite`)));

describe('describeTflite', () => {
  test('knows the embedded network: MobileNetV2 1.0, output stride 16, VOC, 0.72 thousand million multiply-adds', () => {
    for (const [name, precision, encoding] of [
      ['float16', 'float16', 'float32-normalised'],
      ['int8', 'int8', 'uint8'],
    ] as const) {
      const { facts, multiplyAdds, inputEncoding, customOperators } = embedded(name);
      expect(facts).toMatchObject({
        architecture: 'DeepLab v3',
        backbone: 'MobileNetV2',
        depthMultiplier: 1,
        outputStride: 16,
        classes: 21,
        classList: 'voc',
        inputSizes: [257],
        padding: { kind: 'outside' },
        precision,
      });
      expect(inputEncoding).toBe(encoding);
      expect(multiplyAdds).toBe(720_425_664);
      expect(customOperators).toEqual([]);
    }
  });

  test('counts the operators as the model card does', () => {
    const counts = Object.fromEntries(embedded('int8').operators.map(({ name, count }) => [name, count]));
    expect(counts).toEqual({
      QUANTIZE: 2,
      CONV_2D: 38,
      DEPTHWISE_CONV_2D: 17,
      ADD: 10,
      AVERAGE_POOL_2D: 1,
      CONCATENATION: 3,
    });
  });

  test('names a tail that can be cut, and the tensors at both ends', () => {
    const { tail, inputs, outputs, weightBytes, multiplyAdds } = describeTflite(buildTflite(TINY));
    expect(tail).toEqual(['RESIZE_BILINEAR', 'RESIZE_BILINEAR', 'ARG_MAX']);
    expect(inputs).toEqual([
      {
        name: 'picture',
        shape: [1, 33, 33, 3],
        type: 'uint8',
        quantization: { scale: 1 / 128, zeroPoint: 128 },
      },
    ]);
    expect(outputs).toEqual([{ name: 'labels', shape: [1, 33, 33], type: 'int64', quantization: null }]);
    expect(weightBytes).toBe(16);
    expect(multiplyAdds).toBe(3 * 3 * 4 * 3);
  });

  test('a network inside a custom operator is named after it, and its cost is null', () => {
    const model = tinyOperators({ 0: { code: 32, custom: 'edgetpu-custom-op' } });
    const { customOperators, multiplyAdds, facts } = describeTflite(buildTflite(model));
    expect(customOperators).toEqual(['edgetpu-custom-op']);
    expect(multiplyAdds).toBeNull();
    expect(facts.backbone).toBeNull();
  });

  test('a float network that begins with arithmetic takes raw pixels', () => {
    const float = { type: 0, scale: 0, zeroPoint: 0 };
    const model = tinyWith({ 0: float, 2: float, 3: float, 4: float });
    const normalising = {
      ...model,
      tensors: [...model.tensors, { name: 'scaled', shape: [1, 33, 33, 3], type: 0 }],
      operators: [
        { code: 18, inputs: [0, 0], outputs: [7] },
        { code: 3, inputs: [7, 1], outputs: [2] },
        ...model.operators.slice(1),
      ],
    };
    expect(describeTflite(buildTflite(normalising)).inputEncoding).toBe('float32-raw');
    expect(describeTflite(buildTflite(model)).inputEncoding).toBe('float32-normalised');
  });

  test.each([
    [
      'no picture',
      tinyWith({ 0: { shape: [1, 33, 33, 1] } }),
      /input "picture" has the shape \[1, 33, 33, 1\]/,
    ],
    ['64-bit input', tinyWith({ 0: { type: 4 } }), /takes int64/],
  ])('refuses %s', (_, model, message) => expect(() => describeTflite(buildTflite(model))).toThrow(message));

  test('an error names the file', () =>
    expect(() => namingFile('holiday.tflite', () => describeTflite(new Uint8Array(100)))).toThrow(
      /"holiday\.tflite" .*TFL3/,
    ));
});
