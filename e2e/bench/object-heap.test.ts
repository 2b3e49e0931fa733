import { expect, test } from 'vitest';
import { sumOfObjects } from './object-heap.ts';

const meta = {
  node_fields: ['type', 'name', 'self_size'],
  node_types: [['code', 'object', 'string', 'native']],
} as const;

test('counts objects and strings, but not machine code or the browser’s own data', () => {
  const nodes = [0, 0, 1000, 1, 0, 20, 2, 0, 3, 3, 0, 500];
  expect(sumOfObjects({ snapshot: { meta }, nodes })).toBe(23);
});

test('refuses a snapshot without sizes', () => {
  const nameless = { node_fields: ['type'], node_types: [['code']] } as const;
  expect(() => sumOfObjects({ snapshot: { meta: nameless }, nodes: [] })).toThrow(/unknown kind/);
});
