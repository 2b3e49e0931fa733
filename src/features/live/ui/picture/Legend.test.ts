import { expect, test } from 'vitest';
import { legendOrder } from './Legend.tsx';

const entry = (classIndex: number, share01: number) => ({
  classIndex,
  name: `class ${classIndex}`,
  share01,
  color: 'rgb(0 0 0)',
});
const indices = (entries: readonly { classIndex: number }[]) => entries.map((e) => e.classIndex);

test('chips keep their places while shares change', () => {
  expect(indices(legendOrder([entry(0, 0.6), entry(15, 0.3), entry(8, 0.1)], null))).toEqual([8, 15, 0]);
  expect(indices(legendOrder([entry(15, 0.6), entry(8, 0.3), entry(0, 0.1)], null))).toEqual([8, 15, 0]);
});

test('an isolated class that left the picture keeps its chip, at 0', () => {
  const cat = { classIndex: 8, name: 'cat', color: 'rgb(64 0 0)' };
  const order = legendOrder([entry(0, 0.7), entry(15, 0.3)], cat);
  expect(indices(order)).toEqual([8, 15, 0]);
  expect(order[0]?.share01).toBe(0);
});

test('an isolated class that is in the picture has one chip', () => {
  const person = { classIndex: 15, name: 'person', color: 'rgb(192 128 128)' };
  expect(indices(legendOrder([entry(15, 0.3), entry(0, 0.7)], person))).toEqual([15, 0]);
});
