import { expect, test } from 'vitest';
import type { Problem } from '../domain/problems/problem.ts';
import { DeathWatch } from './death-watch.ts';

const LOST: Problem = { kind: 'context-lost', backend: 'webgl' };

test('reports the first cause of a device’s death and ignores later ones', () => {
  const told: Problem[] = [];
  const watch = new DeathWatch();
  watch.onDeath((problem) => told.push(problem));
  expect(watch.death()).toBeNull();
  watch.die(LOST);
  watch.die({ kind: 'out-of-memory', backend: 'webgl' });
  expect(told).toEqual([LOST]);
  expect(watch.death()).toEqual(LOST);
});

test('a listener added after the death is called at once', () => {
  const told: Problem[] = [];
  const watch = new DeathWatch();
  watch.die(LOST);
  watch.onDeath((problem) => told.push(problem));
  expect(told).toEqual([LOST]);
});
