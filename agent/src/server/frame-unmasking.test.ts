import { createRequire } from 'node:module';
import { afterEach, expect, test } from 'vitest';
import { unmask, unmaskByWords } from './agent-server.ts';

interface Bufferutil {
  unmask: typeof unmask;
}
const require = createRequire(import.meta.url);
const used = require('bufferutil') as Bufferutil;
const fallback = require('bufferutil/fallback.js') as Bufferutil;
const original = used.unmask;
const MASK = Uint8Array.of(0x00, 0xff, 0x5a, 0x81);

afterEach(() => {
  used.unmask = original;
});

test('unmasks every length at every address like byte by byte', () => {
  for (let offset = 0; offset < 8; offset++) {
    for (let length = 0; length < 20; length++) {
      const memory = Uint8Array.from({ length: 32 }, (_, i) => (i * 37) % 256);
      const expected = memory.slice();
      fallback.unmask(Buffer.from(expected.buffer, offset, length), MASK);
      unmask(memory.subarray(offset, offset + length), MASK);
      expect([...memory], `${length} bytes from ${offset}`).toEqual([...expected]);
    }
  }
});

test('it takes the place of JavaScript that goes byte by byte', () => {
  used.unmask = fallback.unmask;
  unmaskByWords();
  expect(used.unmask).toBe(unmask);
});

test('keeps a native library', () => {
  const native = () => undefined;
  used.unmask = native;
  unmaskByWords();
  expect(used.unmask).toBe(native);
});
