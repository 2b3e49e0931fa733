import { beforeEach, expect, test } from 'vitest';
import type { Backend } from '../../domain/backend.ts';
import type { ProbedBackend } from './backend-probe.ts';
import { raceBackends, type RaceParts } from './backend-race.ts';

interface Rival {
  readonly backend: Backend;
  readonly description: { readonly device: string };
}

const rivalOn = (backend: Backend): Rival => ({ backend, description: { device: `${backend} device` } });
const usable = (backend: Backend): ProbedBackend => ({ backend, kind: 'usable', device: '', threads: null });
const MS: Partial<Record<Backend, number>> = { wasm: 20, webgl: 8, webgpu: 30, litert: 15 };

let log: string[];
let parts: RaceParts<Rival>;
beforeEach(() => {
  log = [];
  parts = {
    goesOn: () => true,
    open({ backend }) {
      log.push(`open ${backend}`);
      return Promise.resolve(rivalOn(backend));
    },
    time({ backend }, witness) {
      log.push(`time ${backend}${witness === null ? '' : ` beside ${witness.backend}`}`);
      return Promise.resolve(MS[backend] ?? 0);
    },
    close({ backend }) {
      log.push(`close ${backend}`);
      return Promise.resolve();
    },
  };
});
const race = (...probed: readonly ProbedBackend[]) => raceBackends(rivalOn('wasm'), probed, parts);

test('the fastest backend wins, and each loser is closed before the next one is opened', async () => {
  const outcome = await race(usable('webgpu'), usable('webgl'), usable('litert'));
  expect(outcome).toMatchObject({ chosen: { backend: 'webgl' }, winner: { backend: 'webgl' } });
  expect(log).toEqual([
    ...['open webgpu', 'time webgpu beside wasm'],
    ...['open webgl', 'time webgl beside wasm', 'close webgpu'],
    ...['open litert', 'time litert beside wasm', 'close litert'],
    'time wasm',
  ]);
});

test('wasm wins if it is the fastest, and the last rival is closed', async () => {
  const outcome = await race(usable('webgpu'));
  expect(outcome).toMatchObject({ chosen: { backend: 'wasm' }, winner: { backend: 'wasm' } });
  expect(log.at(-1)).toBe('close webgpu');
});

test('a backend that cannot run is skipped with its reason, and one that fails is closed and named', async () => {
  const time = (rival: Rival, witness: Rival | null) =>
    rival.backend === 'webgl' ? Promise.reject(new Error('wrong labels')) : parts.time(rival, witness);
  const outcome = await raceBackends(
    rivalOn('wasm'),
    [{ backend: 'webgpu', kind: 'unusable', reason: 'no adapter' }, usable('webgl')],
    { ...parts, time },
  );
  expect(outcome?.trials.map(({ backend, outcome: { kind } }) => [backend, kind])).toEqual([
    ['webgpu', 'skipped'],
    ['webgl', 'failed'],
    ['wasm', 'measured'],
  ]);
  expect(log).toEqual(['open webgl', 'close webgl', 'time wasm']);
});

test('a cancelled race closes everything it loaded and has no outcome', async () => {
  let asked = 0;
  parts = { ...parts, goesOn: () => ++asked < 2 };
  expect(await race(usable('webgl'), usable('webgpu'))).toBeNull();
  expect(log).toEqual(['open webgl', 'time webgl beside wasm', 'close webgl']);
});

test('no rival stays loaded if the running segmenter fails at the end', async () => {
  const time = (rival: Rival, witness: Rival | null) =>
    witness === null ? Promise.reject(new Error('gone')) : parts.time(rival, witness);
  await expect(raceBackends(rivalOn('wasm'), [usable('webgl')], { ...parts, time })).rejects.toThrow('gone');
  expect(log.at(-1)).toBe('close webgl');
});
