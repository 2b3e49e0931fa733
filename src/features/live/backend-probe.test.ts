import { describe, expect, test } from 'vitest';
import { litertCandidates } from './backend-probe.ts';

const threadsOf = (cores: number, isolated: boolean) =>
  litertCandidates(cores, isolated).map((candidate) =>
    candidate.kind === 'usable' ? candidate.threads : 'none',
  );

describe('LiteRT.js as a candidate', () => {
  test('is tried with its own number of threads, and with all cores where that is more', () => {
    expect(threadsOf(2, true)).toEqual([null, 2]);
    expect(threadsOf(4, true)).toEqual([null, 4]);
    expect(threadsOf(6, true)).toEqual([null, 4]);
  });

  test('takes no more than four, which it takes by itself on eight cores', () => {
    expect(threadsOf(8, true)).toEqual([null]);
    expect(threadsOf(64, true)).toEqual([null]);
  });

  test('has one thread where there is one core, or the page is not isolated', () => {
    expect(threadsOf(1, true)).toEqual([null]);
    expect(threadsOf(4, false)).toEqual([null]);
  });
});
