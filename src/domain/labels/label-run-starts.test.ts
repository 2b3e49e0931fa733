import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelRunStarts } from './label-run-starts.ts';

/** By definition: the first pixel, and every one that differs from the one before. */
function defined(labels: Uint8Array): number[] {
  return [...[...labels.keys()].filter((i) => i === 0 || labels[i] !== labels[i - 1]), labels.length];
}

describe('the runs of a label map', () => {
  test('begin where the label changes, and end where the map does', () => {
    expect([...labelRunStarts(Uint8Array.from([7, 7, 0, 0, 0, 7]))]).toEqual([0, 2, 5, 6]);
    expect([...labelRunStarts(new Uint8Array(9))]).toEqual([0, 9]);
    expect([...labelRunStarts(new Uint8Array(0))]).toEqual([0]);
  });

  test('match the definition, wherever runs and map begin in memory', () => {
    const run = fc.tuple(fc.constantFrom(0, 1, 255), fc.integer({ min: 1, max: 23 }));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 40 }), fc.integer({ min: 0, max: 7 }), (runs, offset) => {
        const bytes = runs.flatMap(([label, length]) => new Array<number>(length).fill(label));
        const labels = new Uint8Array(new ArrayBuffer(offset + bytes.length), offset);
        labels.set(bytes);
        expect([...labelRunStarts(labels)]).toEqual(defined(labels));
      }),
    );
  });
});
