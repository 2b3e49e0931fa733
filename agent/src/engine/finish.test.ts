import { expect, test } from 'vitest';
import { chooseFinish } from './finish.ts';

/** Two classes on the smallest grid that can be scaled. */
const GRID = [1, 2, 2, 2];

const tensor = (type: string, shape: readonly number[], bytes: ArrayLike<number>) => ({
  type,
  shape,
  bytes: Uint8Array.from(bytes),
});

test('labels of 64 bits are read by their first byte, without the padding', () => {
  const bytes = new Uint8Array(2 * 2 * 8);
  [3, 4, 5, 6].forEach((label, i) => (bytes[8 * i] = label));
  const output = tensor('int64', [1, 2, 2], bytes);
  const finish = chooseFinish(output, 2);
  expect(finish.kind).toBe('file');
  expect([...finish.labels(output, { width: 2, height: 2 })]).toEqual([3, 4, 5, 6]);
  expect([...finish.labels(output, { width: 1, height: 2 })]).toEqual([3, 5]);
});

test.each(['uint8', 'int8'] as const)('scores in %s are finished as TensorFlow Lite rounds them', (type) => {
  const output = tensor(type, GRID, [10, 20, 10, 20, 10, 20, 10, 20]);
  const finish = chooseFinish(output, 4);
  expect(finish.kind).toBe('rounded');
  expect(new Set(finish.labels(output, { width: 4, height: 3 }))).toEqual(new Set([1]));
});

test('signed scores are compared with their sign', () => {
  const output = tensor('int8', GRID, [5, 0xff, 5, 0xff, 5, 0xff, 5, 0xff]);
  expect(new Set(chooseFinish(output, 4).labels(output, { width: 4, height: 4 }))).toEqual(new Set([0]));
});

test('scores in floats are finished exactly', () => {
  const bytes = new Uint8Array(Float32Array.of(-2, -1, -2, -1, -2, -1, -2, -1).buffer);
  const output = tensor('float32', GRID, bytes);
  const finish = chooseFinish(output, 4);
  expect(finish.kind).toBe('exact');
  expect([...finish.labels(output, { width: 2, height: 1 })]).toEqual([1, 1]);
});

test.each([
  ['a vector of classes', [1, 1001]],
  ['labels of another size', [1, 3, 3]],
])('%s is neither scores nor a label map', (_, shape) => {
  const output = tensor('int32', shape, []);
  expect(() => chooseFinish(output, 2)).toThrow(/neither class scores nor a label map/);
});
