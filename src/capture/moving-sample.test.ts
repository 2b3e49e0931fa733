import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PATH_MS, sectionAt } from './moving-sample.ts';

const VIEW = { width: 640, height: 480 };
const side = fc.integer({ min: 1, max: 5000 });
const time = fc.double({ min: 0, max: 1e7, noNaN: true });

describe('sectionAt', () => {
  test('the section stays within the photo and keeps the aspect ratio of the view', () =>
    fc.assert(
      fc.property(side, side, time, (width, height, timeMs) => {
        const section = sectionAt(timeMs, { width, height }, VIEW);
        expect(section.x).toBeGreaterThanOrEqual(0);
        expect(section.y).toBeGreaterThanOrEqual(0);
        expect(section.x + section.width).toBeLessThanOrEqual(width + 1e-6);
        expect(section.y + section.height).toBeLessThanOrEqual(height + 1e-6);
        expect(section.width / section.height).toBeCloseTo(640 / 480, 6);
      }),
    ));

  test('the path closes', () => {
    const photo = { width: 451, height: 300 };
    const start = sectionAt(0, photo, VIEW);
    const end = sectionAt(PATH_MS, photo, VIEW);
    expect(end.x).toBeCloseTo(start.x, 6);
    expect(end.y).toBeCloseTo(start.y, 6);
    expect(end.width).toBeCloseTo(start.width, 6);
  });

  test('each step of a thirtieth of a second moves, and by no more than 2 % of the section', () => {
    const photo = { width: 512, height: 512 };
    for (let picture = 0; picture < 720; picture++) {
      const a = sectionAt((picture * 1000) / 30, photo, VIEW);
      const b = sectionAt(((picture + 1) * 1000) / 30, photo, VIEW);
      const step = Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y), Math.abs(a.width - b.width));
      expect(step).toBeGreaterThan(0);
      expect(step).toBeLessThan(0.02 * a.width);
    }
  });
});
