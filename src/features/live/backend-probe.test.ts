import { describe, expect, test } from 'vitest';
import { litertCandidates } from './backend-probe.ts';

const threadsOf = (cores: number, isolated: boolean) =>
  litertCandidates(cores, isolated).map((candidate) =>
    candidate.kind === 'usable' ? candidate.threads : 'none',
  );

describe('LiteRT.js as a candidate', () => {
  test('is tried with its default thread count, and with all cores if that is more', () => {
    expect(threadsOf(2, true)).toEqual([null, 2]);
    expect(threadsOf(4, true)).toEqual([null, 4]);
    expect(threadsOf(6, true)).toEqual([null, 4]);
  });

  test('uses at most four threads, which is its default on eight cores', () => {
    expect(threadsOf(8, true)).toEqual([null]);
    expect(threadsOf(64, true)).toEqual([null]);
  });

  test('has one thread on a single core or on a page that is not isolated', () => {
    expect(threadsOf(1, true)).toEqual([null]);
    expect(threadsOf(4, false)).toEqual([null]);
  });
});
