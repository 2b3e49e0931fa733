import { expect, test } from 'vitest';
import { ModelInput } from './model-input.ts';

/** One pixel of three different colours. */
const PIXEL = Uint8Array.of(0, 127, 255);

test.each([
  ['uint8', [0, 127, 255], 127],
  ['int8', [-128, -1, 127], -1],
] as const)('5.3 a %s network gets its own byte values, padded with grey', (type, pixel, padding) => {
  const input = new ModelInput(type, 2);
  input.write(PIXEL, { width: 1, height: 1 });
  const values = type === 'uint8' ? input.bytes : new Int8Array(input.bytes.buffer);
  expect([...values]).toEqual([...pixel, ...Array<number>(9).fill(padding)]);
});

test('5.3 a float network gets -1 to 1', () => {
  const input = new ModelInput('float32', 1);
  input.write(PIXEL, { width: 1, height: 1 });
  const [least, middle, most] = new Float32Array(input.bytes.buffer);
  expect([least, most]).toEqual([-1, 1]);
  expect(middle).toBeCloseTo(127 / 127.5 - 1, 6);
});

test('a smaller picture shows nothing of the larger one before it', () => {
  const input = new ModelInput('uint8', 2);
  input.write(new Uint8Array(12).fill(9), { width: 2, height: 2 });
  input.write(Uint8Array.of(1, 2, 3), { width: 1, height: 1 });
  expect([...input.bytes]).toEqual([1, 2, 3, ...Array<number>(9).fill(127)]);
  expect(input.lastPicture).toEqual({ width: 1, height: 1 });
});
