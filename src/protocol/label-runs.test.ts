import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLabelRuns, encodeLabelRuns, maxLabelRunBytes, ProtocolError } from './label-runs.ts';

function encoded(labels: Uint8Array): Uint8Array {
  const out = new Uint8Array(maxLabelRunBytes(labels.length));
  return out.slice(0, encodeLabelRuns(labels, out));
}

test('6.1 every label map survives encoding and decoding', () => {
  const run = fc.tuple(fc.nat(255), fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40_000 })));
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
      const labels = new Uint8Array(runs.reduce((sum, [, length]) => sum + length, 0));
      let at = 0;
      for (const [label, length] of runs) labels.fill(label, at, (at += length));
      // toEqual takes a second for a label map of this size.
      return Buffer.compare(decodeLabelRuns(encoded(labels), new Uint8Array(labels.length)), labels) === 0;
    }),
  );
});

test.each([1, 2, 3])('6.1 a label map that begins %i bytes after a word has the same runs', (offset) => {
  const labels = Uint8Array.from({ length: 300 }, (_, i) => (i < 150 ? 7 : i % 3));
  const moved = new Uint8Array(320).subarray(offset, offset + 300);
  moved.set(labels);
  expect(encoded(moved)).toEqual(encoded(labels));
});

test('6.1 runs take one length byte up to 127 pixels and a further one for every seven bits', () => {
  expect([...encoded(new Uint8Array(127).fill(3))]).toEqual([3, 127]);
  expect([...encoded(new Uint8Array(128).fill(3))]).toEqual([3, 0x80, 1]);
  expect([...encoded(new Uint8Array(513 * 513).fill(15))]).toEqual([15, 0x81, 0x88, 0x10]);
});

test('6.1 the worst label map fits into the reserved space', () => {
  const labels = Uint8Array.from({ length: 999 }, (_, i) => i % 2);
  expect(encoded(labels).length).toBe(maxLabelRunBytes(999));
});

test.each([
  ['covers too much', [1, 5], 'more pixels'],
  ['covers too little', [1, 3], 'fewer pixels'],
  ['is empty', [1, 0, 2, 4], 'empty'],
  ['ends after its label', [1], 'is incomplete'],
  ['ends within its length', [1, 0x80], 'is incomplete'],
  ['has a length of five bytes', [1, 0x80, 0x80, 0x80, 0x80, 1], 'out of range'],
])('6.1 a run that %s is refused', (_, bytes, words) =>
  expect(() => decodeLabelRuns(Uint8Array.from(bytes), new Uint8Array(4))).toThrow(words),
);

test('6.1 any bytes give a full label map or a ProtocolError', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 3000 }), (bytes, pixels) => {
      try {
        decodeLabelRuns(bytes, new Uint8Array(pixels));
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
      }
    }),
    { numRuns: 3000 },
  ));
