import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { labelMapOf } from '../domain/testing/label-maps.ts';
import { encodeErrorMapPng, UNCOUNTED_RGBA, WRONG_RGBA } from './error-map-png.ts';

test('an error map is clear where the prediction is right, red where it is wrong and grey where nothing counts', () => {
  const png = decode(encodeErrorMapPng(labelMapOf('01.'), labelMapOf('021')));
  expect([...png.data]).toEqual([0, 0, 0, 0, ...WRONG_RGBA, ...UNCOUNTED_RGBA]);
});

test('an error map refuses maps of different sizes', () =>
  expect(() => encodeErrorMapPng(labelMapOf('01'), labelMapOf('0', '1'))).toThrow('one size'));
