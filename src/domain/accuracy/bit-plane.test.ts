import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BitPlane, type DiscRow } from './bit-plane.ts';

const disc = (radius: number): DiscRow[] =>
  Array.from({ length: 2 * Math.floor(radius) + 1 }, (_, i) => {
    const dy = i - Math.floor(radius);
    return { dy, reach: Math.floor(Math.sqrt(radius * radius - dy * dy)) };
  });

function planeOf(width: number, height: number, marked: readonly number[]): BitPlane {
  const plane = new BitPlane({ width, height });
  for (const at of marked) plane.mark(at, at + 1);
  return plane;
}

describe('a bit plane', () => {
  test('counts every marked pixel once, across words and row ends', () => {
    const plane = new BitPlane({ width: 70, height: 3 });
    plane.mark(30, 75);
    plane.mark(60, 80);
    expect(plane.count()).toBe(50);
    expect(plane.countWith(planeOf(70, 3, [29, 30, 79, 80]))).toBe(2);
  });

  test("grown by a disc, has exactly the pixels within the disc's reach of a marked one", () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 140 }),
      height: fc.integer({ min: 1, max: 12 }),
      radius: fc.double({ min: 0, max: 70, noNaN: true }),
      places: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(cases, ({ width, height, radius, places }) => {
        const marked = places.map((place01) => Math.floor(place01 * width * height));
        const grown = planeOf(width, height, marked).grown(disc(radius));
        for (let at = 0; at < width * height; at++) {
          const near = marked.some((one) => {
            const dy = Math.floor(one / width) - Math.floor(at / width);
            const row = disc(radius).find((candidate) => candidate.dy === -dy);
            return row !== undefined && Math.abs((one % width) - (at % width)) <= row.reach;
          });
          expect(grown.countWith(planeOf(width, height, [at]))).toBe(near ? 1 : 0);
        }
      }),
      { numRuns: 40 },
    );
  });
});
