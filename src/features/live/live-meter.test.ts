import { describe, expect, test } from 'vitest';
import { createLeakWatch } from './live-meter.ts';

const LOADED = { tensors: 100, bytes: 4000 };

function verdictAfter(tensorCounts: readonly number[]) {
  const watch = createLeakWatch(LOADED);
  for (const tensors of tensorCounts) watch.push({ tensors, bytes: tensors * 40 });
  return watch.reading()?.verdict;
}

const frames = (count: number, tensorsAt: (frame: number) => number) =>
  Array.from({ length: count }, (_, frame) => tensorsAt(frame));

describe('a leak watch', () => {
  test('has no reading before the first frame', () => expect(createLeakWatch(LOADED).reading()).toBeNull());

  test('reports the latest level and its growth against the loaded one', () => {
    const watch = createLeakWatch(LOADED);
    watch.push({ tensors: 103, bytes: 4120 });
    expect(watch.reading()).toEqual({ tensors: 103, bytes: 4120, tensorsGrown: 3, verdict: 'measuring' });
  });

  test('measures for twenty frames', () => {
    expect(verdictAfter(frames(19, () => 100))).toBe('measuring');
    expect(verdictAfter(frames(20, () => 100))).toBe('steady');
  });

  test('one more tensor with every frame is growing', () =>
    expect(verdictAfter(frames(20, (frame) => 101 + frame))).toBe('growing'));

  test('one more tensor every hundred frames is growing, for as long as it continues', () => {
    for (let count = 220; count < 1000; count += 70) {
      expect(verdictAfter(frames(count, (frame) => 100 + Math.floor(frame / 100)))).toBe('growing');
    }
  });

  test('tensors that are held briefly are steady', () =>
    expect(verdictAfter(frames(200, (frame) => 100 + (frame % 5)))).toBe('steady'));

  test('a single step up is forgotten if no other follows', () => {
    expect(verdictAfter(frames(60, (frame) => (frame < 30 ? 100 : 101)))).toBe('growing');
    expect(verdictAfter(frames(300, (frame) => (frame < 30 ? 100 : 101)))).toBe('steady');
  });

  test('a rise that stays at or below the loaded level is steady', () =>
    expect(verdictAfter(frames(40, (frame) => 60 + frame))).toBe('steady'));
});
